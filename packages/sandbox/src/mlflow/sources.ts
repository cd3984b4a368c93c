import { absent, invalid } from './errors.ts'
import type { Input } from './input.wire.ts'
import type { MlflowState } from './state.ts'

export interface ResolvedSource {
  readonly storageLocation: string
  /** The run of a version that is copied by `models:/<name>/<version>`. */
  readonly runId: string
}

/**
 * What a new version's `source` stands for (mlflow/server/handlers.py `_validate_source`, sqlalchemy_store.py
 * `create_model_version`): `models:/` references are resolved, everything else is stored as given, `runs:/` included.
 * @throws MlflowError when a local or proxied path is not inside the run or logged model that the request names
 */
export function resolveSource(state: MlflowState, source: string, input: Input): ResolvedSource {
  const runId = input.optionalText('run_id') ?? ''
  const loggedModel = /^models:\/(m-[^/]+)$/.exec(source)?.[1]
  if (loggedModel !== undefined) return resolveLoggedModel(state, source, loggedModel, input)
  const [, name, version] = /^models:\/([^/]+)\/(\d+)$/.exec(source) ?? []
  if (name !== undefined) return resolveCopy(state, name, Number(version))
  if (source.startsWith('/') || source.startsWith('file:')) throw localSource(source)
  if (source.startsWith('mlflow-artifacts:')) assertOwned(state, source, runId, input)
  return { storageLocation: source, runId: '' }
}

function resolveLoggedModel(state: MlflowState, source: string, id: string, input: Input): ResolvedSource {
  const model = state.loggedModels.get(id)
  if (!model || input.optionalText('model_id') !== id) throw unowned(source, 'model_id')
  return { storageLocation: model.artifactUri, runId: model.sourceRunId }
}

function resolveCopy(state: MlflowState, name: string, version: number): ResolvedSource {
  const found = state.models.get(name)?.versions.get(version)
  if (!found) throw absent(`Model Version (name=${name}, version=${version}) not found`)
  return { storageLocation: found.storageLocation, runId: found.runId }
}

function assertOwned(state: MlflowState, source: string, runId: string, input: Input): void {
  const owner =
    state.runs.get(runId)?.artifactUri ??
    state.loggedModels.get(input.optionalText('model_id') ?? '')?.artifactUri
  if (owner === undefined || !`${source}/`.startsWith(`${owner}/`)) throw unowned(source, 'run_id')
}

function unowned(source: string, parameter: string): Error {
  return invalid(
    `Invalid model version source: '${source}'. The ${parameter} request parameter must identify the resource that contains the source.`,
  )
}

function localSource(source: string): Error {
  return invalid(
    `Invalid model version source: '${source}'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.`,
  )
}
