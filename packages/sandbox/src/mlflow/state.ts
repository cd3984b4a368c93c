export interface Experiment {
  readonly id: string
  readonly name: string
  readonly artifactLocation: string
  readonly createdAt: number
  lifecycleStage: 'active' | 'deleted'
  readonly tags: Map<string, string>
}

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED'

export interface MetricPoint {
  readonly key: string
  /** NaN and infinities are legal values. */
  readonly value: number
  /** Milliseconds since the epoch. */
  readonly timestamp: number
  readonly step: number
}

export interface Run {
  readonly id: string
  readonly experimentId: string
  readonly userId: string
  readonly artifactUri: string
  readonly startTime: number
  name: string
  status: RunStatus
  endTime: number | undefined
  /** Every point ever logged, in order of arrival. */
  readonly metrics: MetricPoint[]
  readonly params: Map<string, string>
  readonly tags: Map<string, string>
}

export type VersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY'

export interface ModelVersion {
  readonly name: string
  readonly version: number
  readonly createdAt: number
  readonly source: string
  readonly runId: string
  readonly runLink: string
  /** What get-download-uri answers; resolved when the version is created. */
  readonly storageLocation: string
  updatedAt: number
  description: string
  /** READY at once, as the SQL store does; a test may hold a version at PENDING_REGISTRATION. */
  status: VersionStatus
  statusMessage: string
  readonly tags: Map<string, string>
}

export interface RegisteredModel {
  readonly name: string
  readonly createdAt: number
  updatedAt: number
  description: string
  readonly tags: Map<string, string>
  /** Alias -> version. */
  readonly aliases: Map<string, number>
  readonly versions: Map<number, ModelVersion>
}

export interface LoggedModel {
  readonly id: string
  readonly experimentId: string
  readonly name: string
  readonly artifactUri: string
  readonly sourceRunId: string
  readonly createdAt: number
  updatedAt: number
  status: 'LOGGED_MODEL_PENDING' | 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED'
}

/** Everything the server knows; a test may read and change all of it between requests. */
export interface MlflowState {
  /** Root of the artifacts of new experiments, without a trailing slash. */
  readonly artifactRoot: string
  readonly experiments: Map<string, Experiment>
  readonly runs: Map<string, Run>
  readonly models: Map<string, RegisteredModel>
  readonly loggedModels: Map<string, LoggedModel>
}

export interface MlflowStateOptions {
  /** Default `mlflow-artifacts:`, the proxied store of a default server; `s3://bucket/prefix` for one that is not. */
  readonly artifactRoot?: string
  /** Milliseconds since the epoch. */
  readonly now?: number
}

/** A fresh server: only the experiment `Default`, whose id is 0. */
export function createMlflowState(options: MlflowStateOptions = {}): MlflowState {
  const artifactRoot = options.artifactRoot ?? 'mlflow-artifacts:'
  const first: Experiment = {
    id: '0',
    name: 'Default',
    artifactLocation: `${artifactRoot}/0`,
    createdAt: options.now ?? Date.now(),
    lifecycleStage: 'active',
    tags: new Map(),
  }
  return {
    artifactRoot,
    experiments: new Map([['0', first]]),
    runs: new Map(),
    models: new Map(),
    loggedModels: new Map(),
  }
}
