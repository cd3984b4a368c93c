import type { HttpClient } from '@mlops-actions/http'
import { type MlflowOptions, send, trySend } from './call.ts'
import {
  isModelAnswer,
  isNothing,
  isRunAnswer,
  isUriAnswer,
  isVersionAnswer,
  isVersionsAnswer,
  type ModelVersion,
} from './mlflow.wire.ts'

export interface MlflowRun {
  readonly id: string
  /** RUNNING, SCHEDULED, FINISHED, FAILED or KILLED. */
  readonly status: string
  readonly artifactUri: string
  /** Of each metric the last value; may be NaN or infinite. */
  readonly metrics: Readonly<Record<string, number>>
  readonly tags: ReadonlyMap<string, string>
}

export interface NewVersion {
  readonly name: string
  /** URI of the model, such as `s3://bucket/path`. */
  readonly source: string
  readonly runId?: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly description?: string | undefined
}

/** The parts of MLflow's REST API (2.0 paths, servers 2.x and 3.x) that gates and promotions need. */
export interface Mlflow {
  run(runId: string): Promise<MlflowRun>
  /** The version that an alias names; undefined where there is no such model or no such alias yet. */
  versionByAlias(name: string, alias: string): Promise<ModelVersion | undefined>
  version(name: string, version: string): Promise<ModelVersion | undefined>
  /** All versions with this tag; empty where there is no such model. */
  versionsByTag(name: string, key: string, value: string): Promise<readonly ModelVersion[]>
  /** Does nothing where it is there already. */
  createModel(name: string): Promise<void>
  /** Not deduplicated by the server: look for a tag of your own before, and after an ambiguous end. */
  createVersion(version: NewVersion): Promise<ModelVersion>
  setVersionTag(name: string, version: string, key: string, value: string): Promise<void>
  /** The last write wins; there is no compare-and-swap. */
  setAlias(name: string, alias: string, version: string): Promise<void>
  downloadUri(name: string, version: string): Promise<string>
}

export function createMlflow(http: HttpClient, options: MlflowOptions): Mlflow {
  return { ...readCalls(http, options), ...writeCalls(http, options) }
}

const ABSENT = new Set(['RESOURCE_DOES_NOT_EXIST', 'NOT_FOUND'])

type Reads = Pick<Mlflow, 'run' | 'versionByAlias' | 'version' | 'versionsByTag' | 'downloadUri'>

function readCalls(http: HttpClient, options: MlflowOptions): Reads {
  const what = 'Cannot look up the model version'
  return {
    async run(runId) {
      const query = { run_id: runId }
      const { run } = await send(
        http,
        options,
        { path: 'runs/get', query, what: 'Cannot read the MLflow run' },
        isRunAnswer,
      )
      const { info, data } = run
      return {
        id: info.run_id,
        status: info.status,
        artifactUri: info.artifact_uri,
        metrics: Object.fromEntries(data.metrics.map(({ key, value }) => [key, value])),
        tags: new Map(data.tags.map(({ key, value }) => [key, value])),
      }
    },
    async versionByAlias(name, alias) {
      const query = { name, alias }
      const path = 'registered-models/alias'
      const answer = await trySend(
        http,
        options,
        { path, query, what: 'Cannot look up the alias' },
        isVersionAnswer,
      )
      if ('value' in answer) return answer.value.model_version
      const { error, failure } = answer
      if (ABSENT.has(error.error_code) || isUnknownAlias(error)) return undefined
      throw failure
    },
    async version(name, version) {
      const query = { name, version }
      const answer = await trySend(
        http,
        options,
        { path: 'model-versions/get', query, what },
        isVersionAnswer,
      )
      if ('value' in answer) return answer.value.model_version
      if (ABSENT.has(answer.error.error_code)) return undefined
      throw answer.failure
    },
    async versionsByTag(name, key, value) {
      const filter = `name=${quote(name)} and tag.\`${key}\`=${quote(value)}`
      const query = { filter, max_results: '100' }
      const answer = await send(
        http,
        options,
        { path: 'model-versions/search', query, what },
        isVersionsAnswer,
      )
      return answer.model_versions
    },
    async downloadUri(name, version) {
      const query = { name, version }
      const path = 'model-versions/get-download-uri'
      return (await send(http, options, { path, query, what }, isUriAnswer)).artifact_uri
    },
  }
}

type Writes = Pick<Mlflow, 'createModel' | 'createVersion' | 'setVersionTag' | 'setAlias'>

function writeCalls(http: HttpClient, options: MlflowOptions): Writes {
  const method = 'POST'
  return {
    async createModel(name) {
      const call = {
        method,
        path: 'registered-models/create',
        body: { name },
        what: 'Cannot create the registered model',
      } as const
      const answer = await trySend(http, options, call, isModelAnswer)
      if ('failure' in answer && answer.error.error_code !== 'RESOURCE_ALREADY_EXISTS') throw answer.failure
    },
    async createVersion({ name, source, runId, tags, description }) {
      const body = {
        name,
        source,
        run_id: runId,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
        description,
      }
      const call = {
        method,
        path: 'model-versions/create',
        body,
        what: 'Cannot register the model version',
      } as const
      return (await send(http, options, call, isVersionAnswer)).model_version
    },
    async setVersionTag(name, version, key, value) {
      const body = { name, version, key, value }
      const what = 'Cannot tag the model version'
      await send(
        http,
        options,
        { method, path: 'model-versions/set-tag', body, what, idempotent: true },
        isNothing,
      )
    },
    async setAlias(name, alias, version) {
      const body = { name, alias, version }
      const what = 'Cannot set the alias'
      await send(
        http,
        options,
        { method, path: 'registered-models/alias', body, what, idempotent: true },
        isNothing,
      )
    },
  }
}

/** An unknown alias of a known model is INVALID_PARAMETER_VALUE: only the text tells it from an alias that cannot be. */
function isUnknownAlias({ error_code, message }: { error_code: string; message: string }): boolean {
  return error_code === 'INVALID_PARAMETER_VALUE' && /alias .* not found/i.test(message)
}

/** A string of MLflow's filter language, in the quotes that it does not contain. */
function quote(text: string): string {
  return text.includes("'") ? `"${text.replaceAll('"', '')}"` : `'${text}'`
}
