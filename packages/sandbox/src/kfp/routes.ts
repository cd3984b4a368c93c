import type { KfpHandler } from './call.ts'
import { archiveExperiment, createExperiment, getExperiment, listExperiments } from './experiments.ts'
import { readNodeLog, readPod, readPodLog } from './logs.ts'
import { callMetadataStore } from './mlmd.ts'
import * as pipelines from './pipelines.ts'
import { archiveRun, deleteRun, retryRun, terminateRun } from './run-verbs.ts'
import { createRun, getRun, listRuns } from './runs.ts'
import { uploadPipeline, uploadVersion } from './upload.ts'
import { getRunV1 } from './v1.ts'

export interface Route {
  readonly method: string
  /** Named groups become `path` of the call. */
  readonly pattern: RegExp
  readonly handler: KfpHandler
}

function route(method: string, path: string, handler: KfpHandler): Route {
  const pattern = path.replace(/\{(\w+)\}/g, '(?<$1>[^/:]+)').replace(/\[(\w+)=([^\]]+)\]/g, '(?<$1>$2)')
  return { method, pattern: new RegExp(`^${pattern}$`), handler }
}

const V2 = '/apis/v2beta1'

/** backend/api/v2beta1/*.proto, what our clients use of it. */
export const ROUTES: readonly Route[] = [
  route('POST', `${V2}/experiments`, createExperiment),
  route('GET', `${V2}/experiments`, listExperiments),
  route('GET', `${V2}/experiments/{id}`, getExperiment),
  route('POST', `${V2}/experiments/{id}:[verb=archive|unarchive]`, archiveExperiment),
  route('POST', `${V2}/pipelines/upload`, uploadPipeline),
  route('POST', `${V2}/pipelines/upload_version`, uploadVersion),
  route('POST', `${V2}/pipelines`, pipelines.createPipeline),
  route('GET', `${V2}/pipelines`, pipelines.listPipelines),
  route('GET', `${V2}/pipelines/names/(?<name>[^/]+)`, pipelines.getPipelineByName),
  route('GET', `${V2}/pipelines/{id}`, pipelines.getPipeline),
  route('DELETE', `${V2}/pipelines/{id}`, pipelines.deletePipeline),
  route('GET', `${V2}/pipelines/{id}/versions`, pipelines.listVersions),
  route('GET', `${V2}/pipelines/{id}/versions/{version}`, pipelines.getVersion),
  route('DELETE', `${V2}/pipelines/{id}/versions/{version}`, pipelines.deleteVersion),
  route('POST', `${V2}/runs`, createRun),
  route('GET', `${V2}/runs`, listRuns),
  route('GET', `${V2}/runs/{id}`, getRun),
  route('DELETE', `${V2}/runs/{id}`, deleteRun),
  route('POST', `${V2}/runs/{id}:terminate`, terminateRun),
  route('POST', `${V2}/runs/{id}:retry`, retryRun),
  route('POST', `${V2}/runs/{id}:[verb=archive|unarchive]`, archiveRun),
  route('GET', '/apis/v1beta1/runs/{id}', getRunV1),
]

/** Only the API server itself has these, the UI server does not pass them on. */
export const DIRECT_ROUTES: readonly Route[] = [
  route('GET', '/apis/v1alpha1/runs/{id}/nodes/{node}/log', readNodeLog),
]

/** Only the UI server has these. */
export const UI_ROUTES: readonly Route[] = [
  route('GET', '/k8s/pod/logs', readPodLog),
  route('GET', '/k8s/pod', readPod),
]

/** At the root of the host; gone with the generation that has no ML Metadata. */
export const METADATA_ROUTES: readonly Route[] = [
  route('POST', '/ml_metadata.MetadataStoreService/{method}', callMetadataStore),
]
