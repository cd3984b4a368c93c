import { array, type Checked, number, optional, record, string, withDefault } from '@mlops-actions/http'
import { isCondition, isMetadata, isStringMap } from './metadata.wire.ts'
import type { ResourceType } from './resource.ts'

const isContainer = record({
  name: string,
  image: withDefault(string, ''),
  args: withDefault(array(string), []),
})
export type Container = Checked<typeof isContainer>

/** A PodSpec as it stands in templates and in pods. */
export const isPodSpec = record({
  containers: withDefault(array(isContainer), []),
  initContainers: withDefault(array(isContainer), []),
  serviceAccountName: optional(string),
  restartPolicy: withDefault(string, 'Always'),
})

export const isTemplate = record({
  metadata: withDefault(record({ annotations: isStringMap }), { annotations: {} }),
  spec: isPodSpec,
})
export type PodTemplate = Checked<typeof isTemplate>

const isDeployment = record({
  metadata: isMetadata,
  spec: record({ replicas: withDefault(number, 1), template: isTemplate }),
  status: withDefault(
    record({
      observedGeneration: withDefault(number, 0),
      replicas: withDefault(number, 0),
      updatedReplicas: withDefault(number, 0),
      availableReplicas: withDefault(number, 0),
      conditions: withDefault(array(isCondition), []),
    }),
    { observedGeneration: 0, replicas: 0, updatedReplicas: 0, availableReplicas: 0, conditions: [] },
  ),
})

/** apps/v1 Deployment; a count that is zero is absent on the wire. */
export type Deployment = Checked<typeof isDeployment>

const isReplicaSet = record({
  metadata: isMetadata,
  spec: record({ replicas: withDefault(number, 1), template: isTemplate }),
})

/** apps/v1 ReplicaSet. */
export type ReplicaSet = Checked<typeof isReplicaSet>

export const DEPLOYMENTS: ResourceType<Deployment> = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  kind: 'Deployment',
  check: isDeployment,
}

export const REPLICA_SETS: ResourceType<ReplicaSet> = {
  group: 'apps',
  version: 'v1',
  plural: 'replicasets',
  kind: 'ReplicaSet',
  check: isReplicaSet,
}
