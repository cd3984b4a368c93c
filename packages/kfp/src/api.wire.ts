import {
  array,
  boolean,
  type Check,
  type Checked,
  number,
  optional,
  record,
  ShapeError,
  string,
  unknownValue,
  withDefault,
} from '@mlops-actions/http'

// Fields and spellings: kubeflow/pipelines backend/api/v2beta1/*.proto. Zero values are left out of every answer.

const isHealthAnswer = record({
  tag_name: optional(string),
  commit_sha: optional(string),
  multi_user: withDefault(boolean, false),
  apiServerReady: optional(boolean),
  apiServerTagName: optional(string),
  apiServerMultiUser: withDefault(boolean, false),
})

/** What healthz says, in the words of either server. */
export interface Health {
  /** Version of the API server, such as `2.16.0`; '' where it says none. */
  readonly version: string
  readonly multiUser: boolean
  /** Whether it was the UI server that answered, and passes the rest on. */
  readonly viaUi: boolean
  /** The UI server is well even when the API server behind it is not. */
  readonly ready: boolean
}

/** Any server can answer a JSON object: without a field of ours it was not KFP. */
export const isHealth: Check<Health> = (value, path) => {
  const answer = isHealthAnswer(value, path)
  const viaUi = answer.apiServerReady !== undefined || answer.apiServerTagName !== undefined
  if (!viaUi && answer.tag_name === undefined && answer.commit_sha === undefined)
    throw new ShapeError(path ?? '', 'no field of KFP', 'tag_name or apiServerReady')
  return {
    version: answer.tag_name ?? answer.apiServerTagName ?? '',
    multiUser: answer.multi_user || answer.apiServerMultiUser,
    viaUi,
    ready: answer.apiServerReady ?? true,
  }
}

const isExperiment = record({
  experiment_id: string,
  display_name: withDefault(string, ''),
  namespace: withDefault(string, ''),
})
export type Experiment = Checked<typeof isExperiment>
export { isExperiment }
export const isExperimentList = record({ experiments: withDefault(array(isExperiment), []) })

export const isPipeline = record({ pipeline_id: string, display_name: withDefault(string, '') })

export const isPipelineVersion = record({
  pipeline_id: withDefault(string, ''),
  pipeline_version_id: string,
  display_name: withDefault(string, ''),
  name: withDefault(string, ''),
  pipeline_spec: optional(unknownValue),
})
export type PipelineVersion = Checked<typeof isPipelineVersion>
export const isPipelineVersionList = record({ pipeline_versions: withDefault(array(isPipelineVersion), []) })

const isTaskDetail = record({
  display_name: withDefault(string, ''),
  state: withDefault(string, ''),
  start_time: withDefault(string, ''),
  end_time: withDefault(string, ''),
})
export type TaskDetail = Checked<typeof isTaskDetail>

export const isRun = record({
  run_id: string,
  display_name: withDefault(string, ''),
  experiment_id: withDefault(string, ''),
  /** RuntimeState by name; absent when a report carried an empty Argo phase. */
  state: withDefault(string, 'RUNTIME_STATE_UNSPECIFIED'),
  storage_state: withDefault(string, ''),
  state_history: withDefault(array(record({ state: withDefault(string, '') })), []),
  created_at: withDefault(string, ''),
  /** 1970 until the run has ended (api_converter.go toApiRun). */
  finished_at: withDefault(string, ''),
  /** Only an error of reading or converting the run, never why it failed. */
  error: optional(record({ message: withDefault(string, '') })),
  run_details: withDefault(record({ task_details: withDefault(array(isTaskDetail), []) }), {
    task_details: [],
  }),
  /** Only the generation without ML Metadata counts its tasks. */
  task_count: optional(number),
})
export type Run = Checked<typeof isRun>

/** v1beta1 GET run, which carries the whole Argo Workflow as a JSON string. */
export const isRunV1 = record({
  pipeline_runtime: withDefault(record({ workflow_manifest: withDefault(string, '') }), {
    workflow_manifest: '',
  }),
})

/** grpc-gateway's error: `message` is the internal chain, `details[0].message` what a person should read. */
export const isApiError = record({
  code: withDefault(number, 0),
  message: withDefault(string, ''),
  error: withDefault(string, ''),
  error_message: withDefault(string, ''),
  details: withDefault(array(record({ message: withDefault(string, '') })), []),
})
