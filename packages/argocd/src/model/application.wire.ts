import type { JsonValue } from '@mlops-actions/diagnostics'
import {
  array,
  boolean,
  type Check,
  type Checked,
  number,
  optional,
  record,
  string,
  unknownValue,
  withDefault,
} from '@mlops-actions/http'
import { isMetadata } from '@mlops-actions/kubernetes/pods'

// Fields and spellings: argo-cd pkg/apis/application/v1alpha1/types.go. Go leaves out what is empty.
const IN_GIT = {
  repoURL: withDefault(string, ''),
  targetRevision: withDefault(string, ''),
  path: withDefault(string, ''),
  helm: optional(
    record({
      parameters: withDefault(
        array(record({ name: withDefault(string, ''), value: withDefault(string, '') })),
        [],
      ),
      values: withDefault(string, ''),
      valuesObject: optional(unknownValue),
    }),
  ),
  kustomize: optional(record({ images: withDefault(array(string), []) })),
}
const isSource = record({ ...IN_GIT, chart: optional(string) })
export type ApplicationSource = Checked<typeof isSource>

const isCondition = record({
  type: string,
  message: withDefault(string, ''),
  lastTransitionTime: optional(string),
})
export type ApplicationCondition = Checked<typeof isCondition>

const isResourceResult = record({
  kind: withDefault(string, ''),
  namespace: withDefault(string, ''),
  name: withDefault(string, ''),
  status: withDefault(string, ''),
  message: withDefault(string, ''),
  hookType: withDefault(string, ''),
  hookPhase: withDefault(string, ''),
})
export type ResourceResult = Checked<typeof isResourceResult>

const isSyncOperation = record({
  revision: withDefault(string, ''),
  revisions: withDefault(array(string), []),
  dryRun: withDefault(boolean, false),
})

const isOperationState = record({
  phase: withDefault(string, ''),
  message: withDefault(string, ''),
  startedAt: withDefault(string, ''),
  finishedAt: optional(string),
  retryCount: withDefault(number, 0),
  operation: withDefault(record({ sync: optional(isSyncOperation) }), {}),
  syncResult: optional(
    record({
      revision: withDefault(string, ''),
      revisions: withDefault(array(string), []),
      resources: withDefault(array(isResourceResult), []),
    }),
  ),
})
export type OperationState = Checked<typeof isOperationState>

/** What came as JSON and goes back as it is. */
const isJson: Check<JsonValue> = (value) => JSON.parse(JSON.stringify(value))

const isDestination = record({
  server: withDefault(string, ''),
  name: withDefault(string, ''),
  namespace: withDefault(string, ''),
})
/** Where Argo CD deploys to: a cluster by its server or by its name, and a namespace. */
export type Destination = Checked<typeof isDestination>

const isResourceStatus = record({
  group: withDefault(string, ''),
  version: withDefault(string, ''),
  kind: string,
  namespace: withDefault(string, ''),
  name: string,
  status: withDefault(string, ''),
  health: optional(record({ status: withDefault(string, ''), message: withDefault(string, '') })),
  requiresPruning: withDefault(boolean, false),
})
export type ResourceStatus = Checked<typeof isResourceStatus>

const isComparedTo = record({ source: optional(isSource), sources: withDefault(array(isSource), []) })

const isHydration = record({
  phase: withDefault(string, ''),
  message: withDefault(string, ''),
  /** The commit that the manifests were written from; '' where the hydrator did not come as far as reading it. */
  drySHA: withDefault(string, ''),
  hydratedSHA: withDefault(string, ''),
  startedAt: withDefault(string, ''),
})

const isBranch = record({ targetBranch: withDefault(string, '') })

/** Manifests are written from one place to another first, so the commit is not the revision (Argo CD >= 2.14). */
const isSourceHydrator = record({
  /** No chart: what is written from has to be in Git. */
  drySource: record(IN_GIT),
  syncSource: record({ targetBranch: withDefault(string, ''), repoURL: withDefault(string, '') }),
  hydrateTo: optional(isBranch),
})

const EMPTY_SYNC = { status: 'Unknown', revision: '', revisions: [], comparedTo: { sources: [] } } as const
const EMPTY_HEALTH = { status: 'Unknown', message: '' } as const
const isHealth = record({
  status: withDefault(string, 'Unknown'),
  message: withDefault(string, ''),
  /** Since 2.14. */
  lastTransitionTime: optional(string),
})

const isStatus = record({
  sync: withDefault(
    record({
      status: withDefault(string, 'Unknown'),
      revision: withDefault(string, ''),
      revisions: withDefault(array(string), []),
      comparedTo: withDefault(isComparedTo, { sources: [] }),
    }),
    EMPTY_SYNC,
  ),
  health: withDefault(isHealth, EMPTY_HEALTH),
  operationState: optional(isOperationState),
  conditions: withDefault(array(isCondition), []),
  resources: withDefault(array(isResourceStatus), []),
  summary: withDefault(record({ images: withDefault(array(string), []) }), { images: [] }),
  reconciledAt: withDefault(string, ''),
  sourceHydrator: optional(record({ currentOperation: optional(isHydration) })),
})

/** argoproj.io/v1alpha1 Application, as far as waiting needs it. */
export const isApplication = record({
  metadata: isMetadata,
  spec: record({
    project: withDefault(string, ''),
    destination: withDefault(isDestination, { server: '', name: '', namespace: '' }),
    source: optional(isSource),
    sources: withDefault(array(isSource), []),
    sourceHydrator: optional(isSourceHydrator),
    syncPolicy: optional(
      record({
        automated: optional(
          record({
            enabled: withDefault(boolean, true),
            selfHeal: withDefault(boolean, false),
            prune: withDefault(boolean, false),
          }),
        ),
        syncOptions: optional(array(string)),
        retry: optional(isJson),
      }),
    ),
  }),
  operation: optional(unknownValue),
  status: withDefault(isStatus, {
    sync: EMPTY_SYNC,
    health: EMPTY_HEALTH,
    conditions: [],
    resources: [],
    summary: { images: [] },
    reconciledAt: '',
  }),
})
export type Application = Checked<typeof isApplication>

/** Go writes a list without members as null. */
export const isApplicationList = record({ items: withDefault(array(isApplication), []) })

/** One event of `/api/v1/stream/applications`; a failure of the stream is an event too. */
export const isStreamEvent = record({
  result: optional(record({ type: string, application: isApplication })),
  error: optional(record({ message: withDefault(string, ''), http_code: withDefault(number, 0) })),
})
