import { randomUUID } from 'node:crypto'
import type { Call } from './call.ts'
import { absent } from './errors.ts'
import { findExperiment } from './experiments.ts'
import { presentLoggedModel } from './present.ts'
import type { LoggedModel, MlflowState } from './state.ts'

const STATUSES: readonly LoggedModel['status'][] = [
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
]

export const createLoggedModel: Call = (input, state, world) => {
  const experiment = findExperiment(state, input.text('experiment_id'))
  const id = `m-${randomUUID().replaceAll('-', '')}`
  const model: LoggedModel = {
    id,
    experimentId: experiment.id,
    name: input.optionalText('name') ?? id,
    artifactUri: `${experiment.artifactLocation}/models/${id}/artifacts`,
    sourceRunId: input.optionalText('source_run_id') ?? '',
    createdAt: world.now(),
    updatedAt: world.now(),
    status: 'LOGGED_MODEL_PENDING',
  }
  state.loggedModels.set(id, model)
  return { model: presentLoggedModel(model) }
}

export const getLoggedModel: Call = (input, state) => ({
  model: presentLoggedModel(findLoggedModel(state, input.text('model_id'))),
})

export const finalizeLoggedModel: Call = (input, state, world) => {
  const model = findLoggedModel(state, input.text('model_id'))
  model.status = STATUSES.find((status) => status === input.optionalText('status')) ?? model.status
  model.updatedAt = world.now()
  return { model: presentLoggedModel(model) }
}

function findLoggedModel(state: MlflowState, id: string): LoggedModel {
  const model = state.loggedModels.get(id)
  if (!model) throw absent(`Logged model with ID '${id}' not found.`)
  return model
}
