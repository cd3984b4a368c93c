import type { Change } from '../change.ts'
import { spotsOfApplication, spotsOfApplicationSet } from './application.ts'
import { spotsOfInferenceService } from './inference-service.ts'
import { spotsOfObjectItself } from './object.ts'
import type { KubernetesObject } from './objects.ts'
import type { Spot } from './spot.ts'
import { spotsOfLlmInferenceService, spotsOfServingRuntime } from './workload.ts'

type FindSpots = (manifest: unknown, change: Change) => readonly Spot[]

interface Kind {
  readonly group: string
  readonly find: FindSpots
}

/** What is known of a kind: where the things stand that a change can set. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['InferenceService', { group: 'serving.kserve.io', find: spotsOfInferenceService }],
  ['ServingRuntime', { group: 'serving.kserve.io', find: spotsOfServingRuntime }],
  ['ClusterServingRuntime', { group: 'serving.kserve.io', find: spotsOfServingRuntime }],
  ['LLMInferenceService', { group: 'serving.kserve.io', find: spotsOfLlmInferenceService }],
  ['LLMInferenceServiceConfig', { group: 'serving.kserve.io', find: spotsOfLlmInferenceService }],
  ['Application', { group: 'argoproj.io', find: spotsOfApplication }],
  ['ApplicationSet', { group: 'argoproj.io', find: spotsOfApplicationSet }],
])

/** The kinds that are known, for patches that do not say whom they patch. */
export const KNOWN_KINDS: readonly string[] = [...KINDS.keys()]

/** Of a patch, which need not say of which version the object is that it is for. */
export const ANY_VERSION = '*'

/**
 * The spots of an object. Of a kind that is not known, none but those that every object has, and these only when the
 * kind is asked for.
 */
export function spotsOf({ apiVersion, kind, value }: KubernetesObject, change: Change): readonly Spot[] {
  const [group = ''] = apiVersion.split('/')
  const known = KINDS.get(kind)
  if (known !== undefined && (group === known.group || apiVersion === ANY_VERSION))
    return [...known.find(value, change), ...spotsOfObjectItself(kind, value, change)]
  return change.target.kind === kind ? spotsOfObjectItself(kind, value, change) : []
}
