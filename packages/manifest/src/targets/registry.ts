import type { Setting } from '../change.ts'
import type { KubernetesObject } from '../objects.ts'
import type { Spot } from '../spot.ts'
import { spotsOfInferenceService } from './inference-service.ts'

type FindSpots = (manifest: unknown, setting: Setting) => Spot[]

/** What is known of a kind: where the things stand that a change can set. */
const KINDS: ReadonlyMap<string, FindSpots> = new Map([
  ['serving.kserve.io InferenceService', spotsOfInferenceService],
])

/** The spots of an object, none where its kind is not known. */
export function spotsOf({ apiVersion, kind, value }: KubernetesObject, setting: Setting): Spot[] {
  const [group = ''] = apiVersion.split('/')
  return KINDS.get(`${group} ${kind}`)?.(value, setting) ?? []
}
