import { array, type Checked, number, optional, record, withDefault } from '@mlops-actions/http'
import { isCondition, isMetadata } from './metadata.wire.ts'
import type { ResourceType } from './resource.ts'
import { isTemplate } from './workload.wire.ts'

const isStatus = record({
  /** Older versions have none. */
  observedGeneration: optional(number),
  replicas: withDefault(number, 0),
  updatedReplicas: withDefault(number, 0),
  readyReplicas: withDefault(number, 0),
  conditions: withDefault(array(isCondition), []),
})

const isLeaderWorkerSet = record({
  metadata: isMetadata,
  spec: record({
    /** Groups of one leader and its workers. */
    replicas: withDefault(number, 1),
    leaderWorkerTemplate: record({ leaderTemplate: optional(isTemplate), workerTemplate: isTemplate }),
  }),
  status: withDefault(isStatus, isStatus({})),
})

/** leaderworkerset.x-k8s.io/v1 LeaderWorkerSet (kubernetes-sigs/lws api/leaderworkerset/v1), which serves a model on several nodes. */
export type LeaderWorkerSet = Checked<typeof isLeaderWorkerSet>

export const LEADER_WORKER_SETS: ResourceType<LeaderWorkerSet> = {
  group: 'leaderworkerset.x-k8s.io',
  version: 'v1',
  plural: 'leaderworkersets',
  kind: 'LeaderWorkerSet',
  check: isLeaderWorkerSet,
}
