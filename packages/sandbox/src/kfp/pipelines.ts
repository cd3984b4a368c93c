import { randomUUID } from 'node:crypto'
import { PIPELINE_FIELDS, readBody } from './body.wire.ts'
import type { KfpCall, KfpHandler } from './call.ts'
import { KfpError, respondJson } from './errors.ts'
import type { PipelineIr } from './ir.wire.ts'
import { omitZero, textAt } from './json.wire.ts'
import { type Columns, listItems } from './listing.ts'
import { presentPipeline, presentVersion } from './present.ts'
import type { KfpPipeline, KfpPipelineVersion } from './state.ts'

export interface NewPipeline {
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly namespace: string
}

/** @throws KfpError AlreadyExists: (name, namespace) is unique */
export function addPipeline(call: KfpCall, wanted: NewPipeline): KfpPipeline {
  const { state, clock } = call.cluster
  const taken = [...state.pipelines.values()].some(
    (other) => other.name === wanted.name && other.namespace === wanted.namespace,
  )
  if (taken) {
    const sentence = `Failed to create a new pipeline. The name ${wanted.name} already exists. Please specify a new name`
    throw new KfpError('AlreadyExists', sentence, 'Failed to create a pipeline')
  }
  const pipeline = { ...wanted, id: randomUUID(), createdAt: clock.now() }
  state.pipelines.set(pipeline.id, pipeline)
  return pipeline
}

/** @throws KfpError AlreadyExists: (pipeline, name) is unique */
export function addVersion(
  call: KfpCall,
  pipelineId: string,
  wanted: Omit<NewPipeline, 'namespace'>,
  ir: PipelineIr,
): KfpPipelineVersion {
  const { state, clock } = call.cluster
  if (versionsOf(call, pipelineId).some((other) => other.name === wanted.name)) {
    const sentence = `Failed to create a new pipeline version. The name ${wanted.name} already exists. Please specify a new name`
    throw new KfpError('AlreadyExists', sentence, 'Failed to create a pipeline version')
  }
  const version = { ...wanted, pipelineId, ir, id: randomUUID(), createdAt: clock.now() }
  state.versions.set(version.id, version)
  return version
}

export function versionsOf(call: KfpCall, pipelineId: string): readonly KfpPipelineVersion[] {
  return [...call.cluster.state.versions.values()].filter((version) => version.pipelineId === pipelineId)
}

/** @throws KfpError NotFound */
export function findPipeline(call: KfpCall, id: string): KfpPipeline {
  const pipeline = call.cluster.state.pipelines.get(id)
  if (!pipeline) throw new KfpError('NotFound', `Pipeline ${id} not found.`, 'Failed to get pipeline')
  return pipeline
}

/** A pipeline without a version: only its name. */
export const createPipeline: KfpHandler = (call) => {
  const body = readBody(call.request, PIPELINE_FIELDS)
  const name = textAt(body, 'name') || textAt(body, 'display_name')
  if (name === '') throw new KfpError('InvalidArgument', "pipeline's name cannot be empty")
  const [description, namespace] = [textAt(body, 'description'), textAt(body, 'namespace')]
  const displayName = textAt(body, 'display_name') || name
  return respondJson(200, presentPipeline(addPipeline(call, { name, displayName, description, namespace })))
}

export const getPipeline: KfpHandler = (call) =>
  respondJson(200, presentPipeline(findPipeline(call, call.path['id'] ?? '')))

export const getPipelineByName: KfpHandler = (call) => {
  const name = call.path['name'] ?? ''
  const namespace = call.request.query.get('namespace') ?? ''
  const found = [...call.cluster.state.pipelines.values()].find(
    (pipeline) => pipeline.name === name && pipeline.namespace === namespace,
  )
  if (!found) throw new KfpError('NotFound', `Pipeline ${name} not found.`, 'Failed to get pipeline by name')
  return respondJson(200, presentPipeline(found))
}

/** Refused while it has versions, unless `cascade=true`. */
export const deletePipeline: KfpHandler = (call) => {
  const { id } = findPipeline(call, call.path['id'] ?? '')
  const versions = versionsOf(call, id)
  if (versions.length > 0 && call.request.query.get('cascade') !== 'true') {
    throw new KfpError('InvalidArgument', `Failed to delete pipeline as it has existing pipeline versions`)
  }
  for (const version of versions) call.cluster.state.versions.delete(version.id)
  call.cluster.state.pipelines.delete(id)
  return respondJson(200, {})
}

const COLUMNS: Columns<KfpPipeline | KfpPipelineVersion> = {
  display_name: (item) => item.displayName,
  name: (item) => item.name,
  description: (item) => item.description,
  created_at: (item) => item.createdAt,
}

export const listPipelines: KfpHandler = (call) => {
  const namespace = call.request.query.get('namespace') ?? ''
  const visible = [...call.cluster.state.pipelines.values()].filter((item) => item.namespace === namespace)
  const { items, total, nextPageToken } = listItems(visible, call.request.query, {
    ...COLUMNS,
    pipeline_id: (item: KfpPipeline) => item.id,
  })
  const pipelines = items.map(presentPipeline)
  return respondJson(200, omitZero({ pipelines, total_size: total, next_page_token: nextPageToken }))
}

export const listVersions: KfpHandler = (call) => {
  const { id } = findPipeline(call, call.path['id'] ?? '')
  const { items, total, nextPageToken } = listItems(versionsOf(call, id), call.request.query, {
    ...COLUMNS,
    pipeline_version_id: (item: KfpPipelineVersion) => item.id,
  })
  const versions = items.map(presentVersion)
  return respondJson(
    200,
    omitZero({ pipeline_versions: versions, total_size: total, next_page_token: nextPageToken }),
  )
}

export const getVersion: KfpHandler = (call) => respondJson(200, presentVersion(findVersion(call)))

export const deleteVersion: KfpHandler = (call) => {
  call.cluster.state.versions.delete(findVersion(call).id)
  return respondJson(200, {})
}

function findVersion(call: KfpCall): KfpPipelineVersion {
  const { id = '', version = '' } = call.path
  const found = call.cluster.state.versions.get(version)
  if (found?.pipelineId === id) return found
  throw new KfpError('NotFound', `PipelineVersion ${version} not found.`, 'Failed to get a pipeline version')
}
