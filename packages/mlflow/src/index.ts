export { createMlflow, type Mlflow, type MlflowRun, type NewVersion } from './client.ts'
export type { ModelVersion } from './mlflow.wire.ts'
