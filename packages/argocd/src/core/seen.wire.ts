import type { JsonValue } from '@mlops-actions/diagnostics'
import {
  array,
  boolean,
  type Check,
  type Checked,
  optional,
  record,
  string,
  withDefault,
} from '@mlops-actions/http'
import type { ResourceType } from '@mlops-actions/kubernetes'
import { type Application, isApplication } from '../model/application.wire.ts'
import { isApplicationSet } from '../model/resource.wire.ts'

/** What came as JSON and goes back as it is. */
const isJson: Check<JsonValue> = (value) => JSON.parse(JSON.stringify(value))

const isDestination = record({
  server: withDefault(string, ''),
  name: withDefault(string, ''),
  namespace: withDefault(string, ''),
})

/** Where Argo CD deploys to: a cluster by its server or by its name, and a namespace. */
export type Destination = Checked<typeof isDestination>

const isManaged = record({
  group: withDefault(string, ''),
  version: withDefault(string, ''),
  kind: withDefault(string, ''),
  namespace: withDefault(string, ''),
  name: withDefault(string, ''),
  requiresPruning: withDefault(boolean, false),
})

/** An object that Argo CD deploys, by its name. */
export type Managed = Checked<typeof isManaged>

const isWhole = record({
  metadata: record({
    name: string,
    namespace: withDefault(string, ''),
    uid: withDefault(string, ''),
    resourceVersion: withDefault(string, ''),
  }),
  spec: record({
    destination: withDefault(isDestination, { server: '', name: '', namespace: '' }),
    syncPolicy: optional(record({ syncOptions: withDefault(array(string), []), retry: optional(isJson) })),
  }),
  status: withDefault(record({ resources: withDefault(array(isManaged), []) }), { resources: [] }),
})

/** An Application as it is in the cluster, with what only who reads the cluster himself needs of it. */
export interface SeenApplication {
  /** By which a watch knows it. */
  readonly metadata: Checked<typeof isWhole>['metadata']
  readonly application: Application
  readonly destination: Destination
  readonly managed: readonly Managed[]
  /** What a sync by hand takes over from the policy (argo-cd server/application Sync). */
  readonly syncOptions: readonly string[]
  readonly retry: JsonValue | undefined
}

const API = { group: 'argoproj.io', version: 'v1alpha1' } as const

export const APPLICATIONS: ResourceType<SeenApplication> = {
  ...API,
  plural: 'applications',
  kind: 'Application',
  check: (value, path) => {
    const { metadata, spec, status } = isWhole(value, path)
    const { syncOptions = [], retry } = spec.syncPolicy ?? {}
    return {
      metadata,
      application: isApplication(value, path),
      destination: spec.destination,
      managed: status.resources,
      syncOptions,
      retry,
    }
  },
}

export const APPLICATION_SETS: ResourceType<Checked<typeof isApplicationSet>> = {
  ...API,
  plural: 'applicationsets',
  kind: 'ApplicationSet',
  check: isApplicationSet,
}
