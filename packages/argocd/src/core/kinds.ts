import type { Check } from '@mlops-actions/http'
import type { ResourceType } from '@mlops-actions/kubernetes'
import { isObject, type LiveObject } from './object.wire.ts'

/** A kind by the names that a node of the tree has. */
export interface Kind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

export function typeOf<T>({ group, version, kind }: Kind, check: Check<T>): ResourceType<T> {
  return { group, version, kind, plural: pluralOf(kind), check }
}

/** How Kubernetes guesses it (apimachinery pkg/api/meta UnsafeGuessKindToResource); CRDs keep to it by convention. */
function pluralOf(kind: string): string {
  const singular = kind.toLowerCase()
  if (singular === 'endpoints') return singular
  if (/(s|x|ch|sh)$/.test(singular)) return `${singular}es`
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`
}

const type = (apiVersion: string, kind: string): ResourceType<LiveObject> => {
  const [version = '', group = ''] = apiVersion.split('/').reverse()
  return typeOf({ group, version, kind }, isObject)
}

/** What everything that runs is made of. */
export const ALWAYS = [type('apps/v1', 'Deployment'), type('apps/v1', 'ReplicaSet'), type('v1', 'Pod')]

/** What may own some of that, by the group of an object that Argo CD deploys: listed only where it deploys one. */
export const BY_GROUP: ReadonlyMap<string, readonly ResourceType<LiveObject>[]> = new Map([
  ['apps', [type('apps/v1', 'StatefulSet'), type('apps/v1', 'DaemonSet')]],
  ['batch', [type('batch/v1', 'CronJob'), type('batch/v1', 'Job')]],
  ['argoproj.io', [type('argoproj.io/v1alpha1', 'Rollout')]],
  [
    'serving.knative.dev',
    ['Service', 'Configuration', 'Revision'].map((kind) => type('serving.knative.dev/v1', kind)),
  ],
])

export const INFERENCE_SERVICE = type('serving.kserve.io/v1beta1', 'InferenceService')

/** An InferenceService in Knative mode owns a Knative Service; one in Standard mode a Deployment. */
export const OF_KSERVE = [INFERENCE_SERVICE, ...(BY_GROUP.get('serving.knative.dev') ?? [])]
