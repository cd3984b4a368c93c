export {
  type Component,
  componentsOf,
  describeAbsent,
  describeBehind,
  describeBehindKnative,
  describeBehindLlm,
} from './behind.ts'
export { parseJson } from './body.wire.ts'
export { compareAnswer, type Difference, type Tolerance } from './compare.ts'
export { type Endpoint, type EndpointInputs, resolveEndpoint } from './endpoint.ts'
export {
  type InferenceCase,
  type InferenceOutcome,
  problemOfRequest,
  readCase,
  sendInference,
} from './inference.ts'
export { INFERENCE_SERVICES, type InferenceService } from './inference-service.wire.ts'
export { LLM_INFERENCE_SERVICES, type LlmInferenceService } from './llm-inference-service.wire.ts'
export { type LoadPlan, probeLoad } from './load.ts'
export { explainPodTrouble } from './pod-failure.ts'
export {
  inferenceUrl,
  lookAtReadiness,
  type ModelTarget,
  type Protocol,
  type ReadinessLook,
  readinessUrl,
} from './protocol.ts'
export { evaluateReadiness, readinessKeys } from './readiness.ts'
export { evaluateService, type ServiceContext, serviceKeys } from './service.ts'
export {
  type DeploymentMode,
  type DesiredVersion,
  deploymentMode,
  desiredVersion,
  notYetSynced,
  predictorDeployment,
  predictorSelector,
  type WantedVersion,
} from './spec.ts'
export {
  type LatencyFigures,
  latencyFigures,
  nearestRank,
  SAMPLES_FOR_P95,
  SAMPLES_FOR_P99,
  wilsonLowerBound,
} from './statistics.ts'
export { classifyStorageFailure, type StorageProblem } from './storage-failure.ts'
