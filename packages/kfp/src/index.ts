export { type KfpAddress, resolveAddress, runUrl } from './address.ts'
export type { Experiment, PipelineVersion, Run } from './api.wire.ts'
export { createKfp, type Kfp, type NewRun } from './client.ts'
export { createRunJudge, type Ended, outcomeOf, type RunLook, type RunWant } from './evaluate.ts'
export { assertNamespace, resolveExperiment } from './experiment.ts'
export { readLogTail } from './logs.ts'
export { createRunObserver } from './observe.ts'
export { resolveParameters } from './parameters.ts'
export type { ParameterSpec, Pipeline } from './pipeline.wire.ts'
export { checkPipeline, parsePipeline } from './pipeline-file.ts'
export { type RunResults, readResults } from './read-results.ts'
export {
  artifactsByName,
  byReference,
  metricsByName,
  type OutputArtifact,
  type OutputParameter,
  type Produced,
} from './results.ts'
export { digestOf, type RunIdentity, runIdOf, uuidV5 } from './run-id.ts'
export { createRun, planRun, type SubmitPlan } from './submit.ts'
export type { Task } from './tasks.ts'
export { resolveVersion } from './version.ts'
