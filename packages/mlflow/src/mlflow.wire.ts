import {
  array,
  type Check,
  type Checked,
  optional,
  record,
  ShapeError,
  string,
  withDefault,
} from '@mlops-actions/http'

// Fields: mlflow/protos/service.proto and model_registry.proto, and what a 3.17.2 server really answers. Empty lists are left out.

/** NaN and infinities are strings; the SQL store gives an infinity back as the largest double. */
const metricValue: Check<number> = (value, path = '') => {
  if (typeof value === 'number')
    return Math.abs(value) === Number.MAX_VALUE ? Math.sign(value) * Infinity : value
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  throw new ShapeError(path, typeof value, 'number')
}

const isTags = withDefault(array(record({ key: string, value: withDefault(string, '') })), [])

export const isRunAnswer = record({
  run: record({
    info: record({
      run_id: string,
      status: withDefault(string, ''),
      artifact_uri: withDefault(string, ''),
      lifecycle_stage: withDefault(string, 'active'),
    }),
    data: withDefault(
      record({
        metrics: withDefault(array(record({ key: string, value: metricValue })), []),
        tags: isTags,
      }),
      { metrics: [], tags: [] },
    ),
  }),
})

const isModelVersion = record({
  name: string,
  version: string,
  source: withDefault(string, ''),
  run_id: withDefault(string, ''),
  model_id: optional(string),
  status: withDefault(string, 'READY'),
  status_message: withDefault(string, ''),
  aliases: withDefault(array(string), []),
  tags: isTags,
})
export type ModelVersion = Checked<typeof isModelVersion>

export const isVersionAnswer = record({ model_version: isModelVersion })
export const isVersionsAnswer = record({ model_versions: withDefault(array(isModelVersion), []) })
export const isModelAnswer = record({ registered_model: record({ name: string }) })
export const isUriAnswer = record({ artifact_uri: string })
export const isNothing = record({})

/** Errors of the REST API; the code decides, since RESOURCE_ALREADY_EXISTS and an unknown alias are both 400. */
export const isMlflowError = record({ error_code: string, message: withDefault(string, '') })
export type MlflowError = Checked<typeof isMlflowError>
