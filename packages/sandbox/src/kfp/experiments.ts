import { randomUUID } from 'node:crypto'
import { EXPERIMENT_FIELDS, readBody } from './body.wire.ts'
import type { KfpCall, KfpHandler } from './call.ts'
import { KfpError, respondJson } from './errors.ts'
import { omitZero, textAt } from './json.wire.ts'
import { type Columns, listItems } from './listing.ts'
import { presentExperiment } from './present.ts'
import type { KfpExperiment } from './state.ts'

export const createExperiment: KfpHandler = (call) => {
  const body = readBody(call.request, EXPERIMENT_FIELDS)
  const [name, namespace] = [textAt(body, 'display_name'), textAt(body, 'namespace')]
  if (name === '') {
    throw new KfpError('InvalidArgument', 'Experiment name is empty. Please specify a valid experiment name')
  }
  if (call.settings.multiUser && namespace === '') {
    throw new KfpError('InvalidArgument', 'Experiment must have namespace in multi-user mode')
  }
  const { experiments } = call.cluster.state
  if ([...experiments.values()].some((other) => other.name === name && other.namespace === namespace)) {
    const sentence = `Failed to create a new experiment. The name ${name} already exists. Please specify a new name`
    throw new KfpError('AlreadyExists', sentence, 'Failed to create a new experiment')
  }
  const experiment = addExperiment(call, name, namespace, textAt(body, 'description'))
  return respondJson(200, presentExperiment(experiment, []))
}

function addExperiment(call: KfpCall, name: string, namespace: string, description: string): KfpExperiment {
  const { state, clock } = call.cluster
  const id = randomUUID()
  const experiment = { id, name, description, namespace, createdAt: clock.now(), archived: false }
  state.experiments.set(id, experiment)
  return experiment
}

/** The experiment of a run that names none; only in single-user mode. */
export function defaultExperiment(call: KfpCall): KfpExperiment {
  const known = [...call.cluster.state.experiments.values()].find(
    (experiment) => experiment.name === 'Default',
  )
  return (
    known ??
    addExperiment(
      call,
      'Default',
      '',
      'All runs created without specifying an experiment will be grouped here.',
    )
  )
}

/** @throws KfpError NotFound */
export function findExperiment(call: KfpCall, id: string): KfpExperiment {
  const experiment = call.cluster.state.experiments.get(id)
  if (!experiment) throw new KfpError('NotFound', `Experiment ${id} not found.`, 'Failed to get experiment')
  return experiment
}

export const getExperiment: KfpHandler = (call) => {
  const experiment = findExperiment(call, call.path['id'] ?? '')
  return respondJson(200, presentExperiment(experiment, call.cluster.state.runs.values()))
}

export const archiveExperiment: KfpHandler = (call) => {
  findExperiment(call, call.path['id'] ?? '').archived = call.path['verb'] === 'archive'
  return respondJson(200, {})
}

const COLUMNS: Columns<KfpExperiment> = {
  experiment_id: (item) => item.id,
  display_name: (item) => item.name,
  name: (item) => item.name,
  description: (item) => item.description,
  namespace: (item) => item.namespace,
  storage_state: (item) => (item.archived ? 'ARCHIVED' : 'AVAILABLE'),
  created_at: (item) => item.createdAt,
}

export const listExperiments: KfpHandler = (call) => {
  const { query } = call.request
  const namespace = query.get('namespace') ?? ''
  if (call.settings.multiUser && namespace === '') {
    throw new KfpError('InvalidArgument', 'In multi-user mode, ListExperiments must filter by namespace')
  }
  const { experiments, runs } = call.cluster.state
  const visible = [...experiments.values()].filter((item) => namespace === '' || item.namespace === namespace)
  const { items, total, nextPageToken } = listItems(visible, query, COLUMNS)
  const presented = items.map((item) => presentExperiment(item, runs.values()))
  return respondJson(
    200,
    omitZero({ experiments: presented, total_size: total, next_page_token: nextPageToken }),
  )
}
