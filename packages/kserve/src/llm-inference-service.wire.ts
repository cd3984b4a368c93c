import { array, type Checked, optional, record, string, withDefault } from '@mlops-actions/http'
import { isCondition, isMetadata, type ResourceType } from '@mlops-actions/kubernetes'

const isContainer = record({ name: withDefault(string, ''), image: optional(string) })

const isPodSpec = record({ containers: withDefault(array(isContainer), []) })

const isLlmInferenceService = record({
  metadata: isMetadata,
  spec: record({
    model: withDefault(record({ uri: optional(string) }), {}),
    template: optional(isPodSpec),
    /** Of the workers, where it runs on several nodes. */
    worker: optional(isPodSpec),
  }),
  status: withDefault(record({ conditions: withDefault(array(isCondition), []) }), { conditions: [] }),
})

/** serving.kserve.io LLMInferenceService (pkg/apis/serving/v1alpha2 llm_inference_service_types.go), as far as it is read. */
export type LlmInferenceService = Checked<typeof isLlmInferenceService>

export const LLM_INFERENCE_SERVICES: ResourceType<LlmInferenceService> = {
  group: 'serving.kserve.io',
  version: 'v1alpha2',
  plural: 'llminferenceservices',
  kind: 'LLMInferenceService',
  check: isLlmInferenceService,
}
