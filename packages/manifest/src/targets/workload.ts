import type { Change } from '../change.ts'
import { itemsOf, type Path, stringAt, valueAt } from '../tree.ts'
import { spotAt, spotsOfPod } from './containers.ts'
import type { Spot } from './spot.ts'

/** Where the pods of a kind are specified, by component. */
const RUNTIME_PODS = [
  ['predictor', ['spec']],
  ['worker', ['spec', 'workerSpec']],
] as const

/** The container in which an LLMInferenceService runs its model server. */
export const LLM_CONTAINER = 'main'

const LLM_PODS = [
  ['predictor', ['spec', 'template']],
  ['worker', ['spec', 'worker']],
  ['prefill', ['spec', 'prefill', 'template']],
  ['prefill-worker', ['spec', 'prefill', 'worker']],
  ['scheduler', ['spec', 'router', 'scheduler', 'template']],
] as const

/** ServingRuntime and ClusterServingRuntime (kserve: pkg/apis/serving/v1alpha1/servingruntime_types.go). */
export function spotsOfServingRuntime(manifest: unknown, change: Change): Spot[] {
  return RUNTIME_PODS.flatMap(([component, path]) => spotsOfPod(manifest, path, { component }, change))
}

/**
 * LLMInferenceService and LLMInferenceServiceConfig, v1alpha1 and v1alpha2 (kserve:
 * pkg/apis/serving/v1alpha2/llm_inference_service_types.go). The model of an adapter is meant when the adapter is named.
 */
export function spotsOfLlmInferenceService(manifest: unknown, change: Change): Spot[] {
  const pods = LLM_PODS.flatMap(([component, path]) => spotsOfPod(manifest, path, { component }, change))
  return change.set === 'storage-uri' ? [...spotsOfLlmModel(manifest), ...pods] : pods
}

function spotsOfLlmModel(manifest: unknown): Spot[] {
  const adapters: Path = ['spec', 'model', 'lora', 'adapters']
  return [
    ...spotAt(manifest, ['spec', 'model', 'uri'], { component: 'predictor', container: LLM_CONTAINER }),
    ...itemsOf(valueAt(manifest, adapters)).flatMap((adapter, index) => {
      const owner = { component: 'predictor', container: stringAt(adapter, ['name']) ?? '' } as const
      return spotAt(manifest, [...adapters, index, 'uri'], { ...owner, isInit: true })
    }),
  ]
}
