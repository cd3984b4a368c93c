import type { JsonValue } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { KfpAddress } from './address.ts'
import {
  type Experiment,
  isExperiment,
  isExperimentList,
  isPipeline,
  isPipelineVersion,
  isPipelineVersionList,
  isRun,
  isRunV1,
  type PipelineVersion,
  type Run,
} from './api.wire.ts'
import { explainFor } from './explain.ts'
import { equals } from './filter.ts'

/** The body of a new run; servers refuse every field that they do not know. */
export interface NewRun {
  readonly run_id: string
  readonly display_name: string
  readonly description: string
  readonly experiment_id: string
  readonly pipeline_spec?: JsonValue
  readonly pipeline_version_reference?: { readonly pipeline_id: string; readonly pipeline_version_id: string }
  /** Always sent: without it the server refuses a pipeline that has parameters, even optional ones. */
  readonly runtime_config: {
    readonly parameters: Readonly<Record<string, JsonValue>>
    readonly pipeline_root?: string
  }
  readonly service_account?: string
}

type Explain = ReturnType<typeof explainFor>

export interface Kfp {
  readonly address: KfpAddress
  /** By display name and namespace, which are unique together. */
  findExperiment(name: string, namespace: string): Promise<Experiment | undefined>
  /** Undefined: somebody else has created it in the meantime. */
  createExperiment(name: string, namespace: string): Promise<Experiment | undefined>
  findPipeline(name: string, namespace: string): Promise<{ readonly pipeline_id: string } | undefined>
  findVersion(pipelineId: string, name: string): Promise<PipelineVersion | undefined>
  latestVersion(pipelineId: string): Promise<PipelineVersion | undefined>
  version(pipelineId: string, versionId: string): Promise<PipelineVersion>
  /** Sent once. @param explain sees the answer of a refusal before it becomes a failure */
  createRun(run: NewRun, explain: Explain): Promise<Run>
  /** Undefined: there is no such run. */
  findRun(runId: string): Promise<Run | undefined>
  /** The Argo Workflow behind a run, as JSON text; '' or undefined where the server has none to show. */
  workflowManifest(runId: string): Promise<string | undefined>
  /** False: it had ended, or was never there. */
  terminate(runId: string): Promise<boolean>
}

/** A manifest of a large workflow has megabytes. */
const MANIFEST_BYTES = 64 * 1024 * 1024

/** The v2beta1 API (kubeflow/pipelines backend/api/v2beta1/*.proto), as far as running a pipeline needs it. */
export function createKfp(http: HttpClient, address: KfpAddress): Kfp {
  const at: At = (path, query = {}) => withQuery(`${address.api}/apis/v2beta1${path}`, query)
  return { address, ...experimentCalls(http, at), ...pipelineCalls(http, at), ...runCalls(http, at, address) }
}

type At = (path: string, query?: Readonly<Record<string, string>>) => string

const id = encodeURIComponent

function experimentCalls(http: HttpClient, at: At): Pick<Kfp, 'findExperiment' | 'createExperiment'> {
  return {
    async findExperiment(name, namespace) {
      const url = at('/experiments', { namespace, filter: equals('display_name', name), page_size: '2' })
      const request = { url, what: 'Cannot look up the experiment', explain: explainFor('list experiments') }
      const { experiments } = await http.json(request, isExperimentList)
      return experiments.find((experiment) => experiment.display_name === name)
    },
    createExperiment: (name, namespace) =>
      http.json(
        {
          method: 'POST',
          url: at('/experiments'),
          body: { json: { display_name: name, ...(namespace === '' ? {} : { namespace }) } },
          what: 'Cannot create the experiment',
          tolerate: [409],
          explain: explainFor('create experiments'),
        },
        isExperiment,
      ),
  }
}

function pipelineCalls(
  http: HttpClient,
  at: At,
): Pick<Kfp, 'findPipeline' | 'findVersion' | 'latestVersion' | 'version'> {
  const list = async (pipelineId: string, query: Readonly<Record<string, string>>) => {
    const url = at(`/pipelines/${id(pipelineId)}/versions`, query)
    const request = { url, what: READ_VERSION, explain: explainFor('list pipelineversions') }
    return (await http.json(request, isPipelineVersionList)).pipeline_versions
  }
  return {
    findPipeline: (name, namespace) =>
      http.json(
        {
          url: at(`/pipelines/names/${id(name)}`, { namespace }),
          what: 'Cannot look up the pipeline',
          tolerate: [404],
          explain: explainFor('get pipelines'),
        },
        isPipeline,
      ),
    async findVersion(pipelineId, name) {
      const found = await list(pipelineId, { filter: equals('display_name', name), page_size: '2' })
      return found.find((version) => version.display_name === name || version.name === name)
    },
    async latestVersion(pipelineId) {
      const [newest] = await list(pipelineId, { sort_by: 'created_at desc', page_size: '1' })
      return newest
    },
    version: (pipelineId, versionId) =>
      http.json(
        {
          url: at(`/pipelines/${id(pipelineId)}/versions/${id(versionId)}`),
          what: READ_VERSION,
          explain: explainFor('get pipelineversions'),
        },
        isPipelineVersion,
      ),
  }
}

const READ_VERSION = 'Cannot look up the pipeline version'

function runCalls(
  http: HttpClient,
  at: At,
  { api }: KfpAddress,
): Pick<Kfp, 'createRun' | 'findRun' | 'workflowManifest' | 'terminate'> {
  return {
    createRun: (run, explain) =>
      http.json(
        { method: 'POST', url: at('/runs'), body: { json: run }, what: 'Cannot create the run', explain },
        isRun,
      ),
    findRun: (runId) =>
      http.json(
        {
          url: at(`/runs/${id(runId)}`),
          what: 'Cannot read the run',
          tolerate: [404],
          explain: explainFor('get runs'),
        },
        isRun,
      ),
    async workflowManifest(runId) {
      const url = `${api}/apis/v1beta1/runs/${id(runId)}`
      const what = 'Cannot read the workflow of the run'
      const request = { url, what, maxBytes: MANIFEST_BYTES, explain: explainFor('get runs') }
      const answer = await http.json({ ...request, tolerate: [404, 501] }, isRunV1)
      return answer?.pipeline_runtime.workflow_manifest
    },
    async terminate(runId) {
      const answer = await http.request({
        method: 'POST',
        url: at(`/runs/${id(runId)}:terminate`),
        what: 'Cannot terminate the run',
        idempotent: true,
        // 400 "Row not found": it has ended.
        tolerate: [400, 404],
        explain: explainFor('terminate runs'),
      })
      return answer.status < 400
    },
  }
}

function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== '') parameters.set(key, value)
  return parameters.size === 0 ? url : `${url}?${parameters}`
}
