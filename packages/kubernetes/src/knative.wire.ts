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
import { isCondition, isMetadata, isStringMap } from './metadata.wire.ts'
import type { ResourceType } from './resource.ts'
import { isPodSpec } from './workload.wire.ts'

// Fields: knative/serving pkg/apis/serving/v1 service_types.go, route_types.go, revision_types.go.

const isTraffic = record({
  revisionName: withDefault(string, ''),
  latestRevision: withDefault(boolean, false),
  percent: withDefault(number, 0),
})

const isKnativeService = record({
  metadata: isMetadata,
  spec: record({
    template: record({
      metadata: withDefault(record({ annotations: isStringMap }), { annotations: {} }),
      spec: isPodSpec,
    }),
    traffic: withDefault(array(isTraffic), []),
  }),
  status: withDefault(
    record({
      observedGeneration: withDefault(number, 0),
      latestCreatedRevisionName: withDefault(string, ''),
      latestReadyRevisionName: withDefault(string, ''),
      conditions: withDefault(array(isCondition), []),
      traffic: withDefault(array(isTraffic), []),
    }),
    {
      observedGeneration: 0,
      latestCreatedRevisionName: '',
      latestReadyRevisionName: '',
      conditions: [],
      traffic: [],
    },
  ),
})

/** serving.knative.dev/v1 Service. */
export type KnativeService = Checked<typeof isKnativeService>

const isRevision = record({
  metadata: isMetadata,
  spec: isPodSpec,
  status: withDefault(
    record({
      conditions: withDefault(array(isCondition), []),
      containerStatuses: withDefault(
        array(record({ name: withDefault(string, ''), imageDigest: optional(string) })),
        [],
      ),
    }),
    { conditions: [], containerStatuses: [] },
  ),
})

/** serving.knative.dev/v1 Revision. */
export type Revision = Checked<typeof isRevision>

export const KNATIVE_SERVICES: ResourceType<KnativeService> = {
  group: 'serving.knative.dev',
  version: 'v1',
  plural: 'services',
  kind: 'Service',
  check: isKnativeService,
}

export const REVISIONS: ResourceType<Revision> = {
  group: 'serving.knative.dev',
  version: 'v1',
  plural: 'revisions',
  kind: 'Revision',
  check: isRevision,
}
