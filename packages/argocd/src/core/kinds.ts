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

const KNATIVE = ['Service', 'Configuration', 'Revision'].map((kind) => type('serving.knative.dev/v1', kind))
const STATEFUL_SET = type('apps/v1', 'StatefulSet')
const DAEMON_SET = type('apps/v1', 'DaemonSet')
const JOB = type('batch/v1', 'Job')
const CRON_JOB = type('batch/v1', 'CronJob')
const ROLLOUT = type('argoproj.io/v1alpha1', 'Rollout')

/**
 * What may own some of that, by the kind and group of an object that Argo CD deploys: listed only where it deploys one,
 * so that nobody needs a right to kinds that he does not use.
 */
export const BY_KIND: ReadonlyMap<string, readonly ResourceType<LiveObject>[]> = new Map([
  ['StatefulSet.apps', [STATEFUL_SET]],
  ['DaemonSet.apps', [DAEMON_SET]],
  ['Job.batch', [JOB]],
  ['CronJob.batch', [CRON_JOB, JOB]],
  ['Rollout.argoproj.io', [ROLLOUT]],
  ...KNATIVE.map(({ kind, group }) => [`${kind}.${group}`, KNATIVE] as const),
])

/**
 * On several nodes an LLMInferenceService owns LeaderWorkerSets, and their leaders StatefulSets of workers. On one it does
 * not, so that who may not list them misses nothing.
 */
export const OF_LLM = [type('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet'), STATEFUL_SET]
export const LLM_INFERENCE_SERVICE = type('serving.kserve.io/v1alpha2', 'LLMInferenceService')

export const INFERENCE_SERVICE = type('serving.kserve.io/v1beta1', 'InferenceService')

/** An InferenceService in Knative mode owns a Knative Service; one in Standard mode a Deployment. */
export const OF_KSERVE = [INFERENCE_SERVICE, ...KNATIVE]
