import {
  array,
  boolean,
  type Checked,
  number,
  optional,
  record,
  string,
  withDefault,
} from '@mlops-actions/http'
import { isCondition, isMetadata } from './metadata.wire.ts'
import type { ResourceType } from './resource.ts'
import { isPodSpec } from './workload.wire.ts'

const isTerminated = record({
  exitCode: withDefault(number, 0),
  reason: withDefault(string, ''),
  message: withDefault(string, ''),
})
export type Terminated = Checked<typeof isTerminated>

const isState = record({
  waiting: optional(record({ reason: withDefault(string, ''), message: withDefault(string, '') })),
  running: optional(record({ startedAt: withDefault(string, '') })),
  terminated: optional(isTerminated),
})

const isContainerStatus = record({
  name: string,
  image: withDefault(string, ''),
  imageID: withDefault(string, ''),
  ready: withDefault(boolean, false),
  restartCount: withDefault(number, 0),
  state: withDefault(isState, {}),
  lastState: withDefault(isState, {}),
})

/** What the kubelet says of one container of a pod. */
export type ContainerStatus = Checked<typeof isContainerStatus>

const isPod = record({
  metadata: isMetadata,
  spec: isPodSpec,
  status: withDefault(
    record({
      phase: withDefault(string, ''),
      conditions: withDefault(array(isCondition), []),
      containerStatuses: withDefault(array(isContainerStatus), []),
      initContainerStatuses: withDefault(array(isContainerStatus), []),
    }),
    { phase: '', conditions: [], containerStatuses: [], initContainerStatuses: [] },
  ),
})

/** v1 Pod. */
export type Pod = Checked<typeof isPod>

export const PODS: ResourceType<Pod> = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', check: isPod }
