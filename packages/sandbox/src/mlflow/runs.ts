import { randomUUID } from 'node:crypto'
import type { Call } from './call.ts'
import { absent, invalid, MlflowError } from './errors.ts'
import { findExperiment } from './experiments.ts'
import { type Clause, matches, parseFilter } from './filter.ts'
import { takePage } from './page.ts'
import { latestMetrics, listOrNothing, presentMetric, presentRun, presentRunInfo } from './present.ts'
import type { MlflowState, Run, RunStatus } from './state.ts'

const STATUSES: readonly RunStatus[] = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']

/** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
export function findRun(state: MlflowState, id: string): Run {
  const run = state.runs.get(id)
  if (!run) throw absent(`Run with id=${id} not found`)
  return run
}

export const createRun: Call = (input, state) => {
  const experimentId = input.optionalText('experiment_id')
  // The real answer is the text of a SQLite foreign key error.
  if (!experimentId) throw new MlflowError('BAD_REQUEST', 'FOREIGN KEY constraint failed')
  const experiment = findExperiment(state, experimentId)
  const id = randomUUID().replaceAll('-', '')
  const name = input.optionalText('run_name') || `run-${id.slice(0, 6)}`
  const tags = new Map(input.list('tags').map((tag) => [tag.text('key'), tag.optionalText('value') ?? '']))
  const run: Run = {
    id,
    experimentId,
    userId: input.optionalText('user_id') ?? '',
    artifactUri: `${experiment.artifactLocation}/${id}/artifacts`,
    startTime: input.optionalNumber('start_time') ?? 0,
    name,
    status: 'RUNNING',
    endTime: undefined,
    metrics: [],
    params: new Map(),
    tags: tags.set('mlflow.runName', tags.get('mlflow.runName') ?? name),
  }
  state.runs.set(id, run)
  return { run: { ...presentRun(run), outputs: undefined } }
}

export const getRun: Call = (input, state) => ({ run: presentRun(findRun(state, input.text('run_id'))) })

/** An unknown status is ignored, not refused: proto JSON reads it as unset. */
export const updateRun: Call = (input, state) => {
  const run = findRun(state, input.text('run_id'))
  const status = STATUSES.find((known) => known === input.optionalText('status'))
  if (status) run.status = status
  run.endTime = input.optionalNumber('end_time') ?? run.endTime
  const name = input.optionalText('run_name')
  if (name) {
    run.name = name
    run.tags.set('mlflow.runName', name)
  }
  return { run_info: presentRunInfo(run) }
}

export const searchRuns: Call = (input, state) => {
  const size = input.optionalNumber('max_results')
  if (size !== undefined && (size < 1 || size > 50_000)) {
    throw invalid(
      `Invalid value ${size} for parameter 'max_results' supplied:  Hint: Value was of type 'int'. See the API docs for more information about request parameters.`,
    )
  }
  const experiments = new Set(input.texts('experiment_ids'))
  const clauses = parseFilter(input.optionalText('filter')).map(checkEntity)
  const found = [...state.runs.values()]
    .filter((run) => experiments.has(run.experimentId))
    .filter((run) => clauses.every((clause) => matches(clause, readRun(run, clause))))
  const page = takePage(orderRuns(found, input.texts('order_by')), input, 1000)
  return { runs: listOrNothing(page.items, presentRun), next_page_token: page.next }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '': 'attribute',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  metric: 'metric',
  metrics: 'metric',
  param: 'parameter',
  params: 'parameter',
  parameter: 'parameter',
  parameters: 'parameter',
  tag: 'tag',
  tags: 'tag',
}

function checkEntity(clause: Clause): Clause {
  const entity = ENTITIES[clause.entity]
  if (entity === undefined) {
    throw invalid(
      `Invalid entity type '${clause.entity}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
    )
  }
  const [value] = clause.values
  if (entity === 'metric' && typeof value !== 'number') {
    throw invalid(`Expected numeric value type for metric. Found '${value ?? ''}'`)
  }
  return { ...clause, entity }
}

function readRun(run: Run, clause: Clause): string | number | undefined {
  if (clause.entity === 'tag') return run.tags.get(clause.key)
  if (clause.entity === 'parameter') return run.params.get(clause.key)
  if (clause.entity === 'metric') return latestMetrics(run).find((point) => point.key === clause.key)?.value
  const attributes: Readonly<Record<string, string | number | undefined>> = {
    run_id: run.id,
    run_name: run.name,
    status: run.status,
    user_id: run.userId,
    artifact_uri: run.artifactUri,
    start_time: run.startTime,
    end_time: run.endTime,
  }
  return attributes[clause.key]
}

/** Newest first unless `order_by` says otherwise; runs without the key come last. */
function orderRuns(runs: readonly Run[], orderBy: readonly string[]): readonly Run[] {
  const newest = [...runs].sort((left, right) => right.startTime - left.startTime)
  const [, entity = '', key, direction] =
    /^(?:(\w+)\.)?`?([^`\s]+)`?(?:\s+(asc|desc))?$/i.exec(orderBy[0] ?? '') ?? []
  if (key === undefined) return newest
  const clause = checkEntity({ entity, key, operator: '=', values: [0] })
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1
  return newest.sort((left, right) => {
    const [a, b] = [readRun(left, clause), readRun(right, clause)]
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    return a === b ? 0 : sign * (a < b ? -1 : 1)
  })
}

/** In the order of the metrics table's key, not of arrival. */
export const metricHistory: Call = (input, state) => {
  const run = findRun(state, input.text('run_id'))
  const key = input.text('metric_key')
  const points = run.metrics
    .filter((point) => point.key === key)
    .sort((left, right) => left.timestamp - right.timestamp || left.step - right.step)
  return { metrics: listOrNothing(points, presentMetric) }
}

/** The sandbox stores no artifacts of its own: only their root is known. */
export const listArtifacts: Call = (input, state) => ({
  root_uri: findRun(state, input.text('run_id')).artifactUri,
})
