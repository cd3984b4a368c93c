import type { Call } from './call.ts'
import { absent, MlflowError } from './errors.ts'
import { listOrNothing, presentExperiment } from './present.ts'
import type { Experiment, MlflowState } from './state.ts'

export const createExperiment: Call = (input, state, world) => {
  const name = input.text('name')
  if ([...state.experiments.values()].some((experiment) => experiment.name === name)) {
    throw new MlflowError('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists.`)
  }
  const id = String(state.experiments.size)
  state.experiments.set(id, {
    id,
    name,
    artifactLocation: input.optionalText('artifact_location') || `${state.artifactRoot}/${id}`,
    createdAt: world.now(),
    lifecycleStage: 'active',
    tags: new Map(input.list('tags').map((tag) => [tag.text('key'), tag.optionalText('value') ?? ''])),
  })
  return { experiment_id: id }
}

export const getExperiment: Call = (input, state) => ({
  experiment: presentExperiment(findExperiment(state, input.text('experiment_id'))),
})

export const getExperimentByName: Call = (input, state) => {
  const name = input.text('experiment_name')
  const found = [...state.experiments.values()].find((experiment) => experiment.name === name)
  if (!found) throw absent(`Could not find experiment with name '${name}'`)
  return { experiment: presentExperiment(found) }
}

export const searchExperiments: Call = (_, state) => ({
  experiments: listOrNothing([...state.experiments.values()].reverse(), presentExperiment),
})

/** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
export function findExperiment(state: MlflowState, id: string): Experiment {
  const experiment = state.experiments.get(id)
  if (!experiment) throw absent(`No Experiment with id=${id} exists`)
  return experiment
}
