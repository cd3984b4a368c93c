import { randomUUID } from 'node:crypto'
import { RUN_FIELDS, readBody } from './body.wire.ts'
import type { KfpCall, KfpHandler } from './call.ts'
import { KfpError, respondJson } from './errors.ts'
import { defaultExperiment, findExperiment } from './experiments.ts'
import { InvalidPipelineSpec, type PipelineIr, parseIr } from './ir.wire.ts'
import { at, isObject, type JsonObject, objectAt, omitZero, textAt } from './json.wire.ts'
import { type Columns, listItems } from './listing.ts'
import { assertParameters } from './parameters.ts'
import { findPipeline, versionsOf } from './pipelines.ts'
import { presentRun } from './present.ts'
import { moveTo, startWorkflow } from './run-workflow.ts'
import type { KfpExperiment, KfpRun, KfpState } from './state.ts'
import { presentFullRun } from './tasks.ts'

interface Source {
  readonly ir: PipelineIr
  readonly version: KfpRun['version']
}

/**
 * CreateRun: the workflow is created first, the row second. A run_id that is taken therefore starts a second workflow,
 * and only then fails with 500 (resource_manager.go CreateRun).
 */
export const createRun: KfpHandler = (call) => {
  const body = readBody(call.request, RUN_FIELDS)
  if (textAt(body, 'display_name') === '') {
    throw new KfpError(
      'Internal',
      'Job name/display name is missing',
      'Failed to create a run due to conversion error',
    )
  }
  const experiment = chooseExperiment(call, textAt(body, 'experiment_id'))
  const source = fetchManifest(call, body)
  const given = at(body, 'runtime_config', 'parameters')
  assertParameters(source.ir.parameters, isObject(at(body, 'runtime_config')) ? objectAt(given) : undefined)
  const run = buildRun(call, body, experiment, source)
  startWorkflow(call.cluster, run)
  insertRun(call.cluster.state, run)
  return respondJson(200, presentRun(run))
}

function chooseExperiment(call: KfpCall, id: string): KfpExperiment {
  if (id !== '') return findExperiment(call, id)
  if (!call.settings.multiUser) return defaultExperiment(call)
  throw new KfpError('InvalidArgument', 'Experiment id can not be empty in multi-user mode')
}

/** Everything that is wrong with the pipeline is an internal error to the caller: 500, not 400 or 404. */
function fetchManifest(call: KfpCall, body: JsonObject): Source {
  try {
    const spec = body['pipeline_spec']
    if (isObject(spec)) return { ir: parseIr(spec), version: undefined }
    const reference = objectAt(body, 'pipeline_version_reference')
    const versionId = textAt(reference, 'pipeline_version_id') || textAt(body, 'pipeline_version_id')
    return versionSource(call, textAt(reference, 'pipeline_id'), versionId)
  } catch (error) {
    if (!(error instanceof KfpError || error instanceof InvalidPipelineSpec)) throw error
    const sentence = 'Failed to create a run due to error fetching manifest'
    throw new KfpError('Internal', sentence, 'Failed to create a new run', error.message)
  }
}

/** Without a version id the newest version of the pipeline is taken. */
function versionSource(call: KfpCall, pipelineId: string, versionId: string): Source {
  const version =
    versionId === ''
      ? versionsOf(call, findPipeline(call, pipelineId).id).at(-1)
      : call.cluster.state.versions.get(versionId)
  if (!version) throw new KfpError('NotFound', `PipelineVersion ${versionId} not found.`)
  return { ir: version.ir, version: { pipelineId: version.pipelineId, versionId: version.id } }
}

function buildRun(call: KfpCall, body: JsonObject, experiment: KfpExperiment, source: Source): KfpRun {
  const now = call.cluster.clock.now()
  const account = call.settings.multiUser ? 'default-editor' : 'pipeline-runner'
  const run: KfpRun = {
    id: textAt(body, 'run_id') || randomUUID(),
    displayName: textAt(body, 'display_name'),
    description: textAt(body, 'description'),
    experimentId: experiment.id,
    namespace: experiment.namespace,
    version: source.version,
    ir: source.ir,
    parameters: objectAt(body, 'runtime_config', 'parameters'),
    pipelineRoot: textAt(body, 'runtime_config', 'pipeline_root'),
    serviceAccount: textAt(body, 'service_account') || account,
    createdAt: now,
    finishedAt: undefined,
    state: 'PENDING',
    history: [],
    archived: false,
    reported: undefined,
  }
  moveTo(run, 'PENDING', now)
  return run
}

function insertRun(state: KfpState, run: KfpRun): void {
  if (state.runs.has(run.id)) {
    const cause = `Error 1062 (23000): Duplicate entry '${run.id}' for key 'run_details.PRIMARY'`
    throw new KfpError(
      'Internal',
      `Failed to store run ${run.displayName} to table`,
      'Failed to create a new run',
      cause,
    )
  }
  state.runs.set(run.id, run)
}

/** @throws KfpError NotFound */
export function findRun(call: KfpCall): KfpRun {
  const id = call.path['id'] ?? ''
  const run = call.cluster.state.runs.get(id)
  if (!run) throw new KfpError('NotFound', `Run ${id} not found.`, 'Failed to get a run')
  return run
}

/** `view=FULL` means something to the next generation only; others ignore what they do not know. */
export const getRun: KfpHandler = (call) => {
  const run = findRun(call)
  if (call.settings.generation === '2.16') return respondJson(200, presentRun(run))
  return respondJson(200, presentFullRun(run, call.request.query.get('view') === 'FULL'))
}

const COLUMNS: Columns<KfpRun> = {
  run_id: (run) => run.id,
  display_name: (run) => run.displayName,
  description: (run) => run.description,
  namespace: (run) => run.namespace,
  experiment_id: (run) => run.experimentId,
  storage_state: (run) => (run.archived ? 'ARCHIVED' : 'AVAILABLE'),
  state: (run) => run.state,
  created_at: (run) => run.createdAt,
  scheduled_at: (run) => run.createdAt,
  finished_at: (run) => run.finishedAt ?? 0,
}

export const listRuns: KfpHandler = (call) => {
  const { query } = call.request
  const experiment = query.get('experiment_id') ?? ''
  if (experiment !== '') findExperiment(call, experiment)
  const visible = [...call.cluster.state.runs.values()].filter(
    (run) => experiment === '' || run.experimentId === experiment,
  )
  const { items, total, nextPageToken } = listItems(visible, query, COLUMNS)
  const runs = items.map(presentRun)
  return respondJson(200, omitZero({ runs, total_size: total, next_page_token: nextPageToken }))
}
