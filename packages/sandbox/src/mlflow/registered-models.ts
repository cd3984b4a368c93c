import type { Call } from './call.ts'
import { absent, invalid, MlflowError } from './errors.ts'
import { type Clause, matches, parseFilter } from './filter.ts'
import { takePage } from './page.ts'
import { listOrNothing, presentModel, presentVersion } from './present.ts'
import type { MlflowState, RegisteredModel } from './state.ts'

/** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
export function findModel(state: MlflowState, name: string): RegisteredModel {
  const model = state.models.get(name)
  if (!model) throw absent(`Registered Model with name=${name} not found`)
  return model
}

export const createModel: Call = (input, state, world) => {
  const name = input.text('name')
  if (/[/:]/.test(name)) throw invalid(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`)
  if (state.models.has(name)) {
    throw new MlflowError('RESOURCE_ALREADY_EXISTS', `Registered Model (name=${name}) already exists.`)
  }
  const model: RegisteredModel = {
    name,
    createdAt: world.now(),
    updatedAt: world.now(),
    description: input.optionalText('description') ?? '',
    tags: new Map(input.list('tags').map((tag) => [tag.text('key'), tag.optionalText('value') ?? ''])),
    aliases: new Map(),
    versions: new Map(),
  }
  state.models.set(name, model)
  return { registered_model: presentModel(model) }
}

export const getModel: Call = (input, state) => ({
  registered_model: presentModel(findModel(state, input.text('name'))),
})

export const updateModel: Call = (input, state, world) => {
  const model = findModel(state, input.text('name'))
  model.description = input.optionalText('description') ?? ''
  model.updatedAt = world.now()
  return { registered_model: presentModel(model) }
}

export const deleteModel: Call = (input, state) => {
  state.models.delete(findModel(state, input.text('name')).name)
  return {}
}

export const searchModels: Call = (input, state) => {
  const clauses = parseFilter(input.optionalText('filter'))
  const found = [...state.models.values()]
    .filter((model) => clauses.every((clause) => matches(clause, readModel(model, clause))))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
  const page = takePage(found, input, 100)
  return { registered_models: listOrNothing(page.items, presentModel), next_page_token: page.next }
}

function readModel(model: RegisteredModel, clause: Clause): string | undefined {
  if (clause.entity === 'tag' || clause.entity === 'tags') return model.tags.get(clause.key)
  if (clause.entity === '' && clause.key === 'name') return model.name
  throw invalid(`Invalid attribute key '${clause.key}' specified. Valid keys are '{'name'}'`)
}

export const setModelTag: Call = (input, state) => {
  findModel(state, input.text('name')).tags.set(input.text('key'), input.optionalText('value') ?? '')
  return {}
}

/** Deleting what is not there is a success. */
export const deleteModelTag: Call = (input, state) => {
  findModel(state, input.text('name')).tags.delete(input.text('key'))
  return {}
}

/** Last write wins: there is no compare-and-swap and no history. */
export const setAlias: Call = (input, state) => {
  const [name, alias, version] = [input.text('name'), input.text('alias'), input.version('version')]
  assertAliasName(alias)
  const model = state.models.get(name)
  if (!model?.versions.has(version))
    throw absent(`Model Version (name=${name}, version=${version}) not found`)
  model.aliases.set(alias, version)
  return {}
}

/** Rules of mlflow/utils/validation.py `_validate_model_alias_name`. */
function assertAliasName(alias: string): void {
  if (!/^[\w-]*$/.test(alias) || alias.length > 255) {
    throw invalid(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).`,
    )
  }
  if (alias.toLowerCase() === 'latest') throw invalid("'latest' alias name (case insensitive) is reserved.")
  if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`)
}

/** An unknown alias of a known model is INVALID_PARAMETER_VALUE, 400, not 404. */
export const getAlias: Call = (input, state) => {
  const [name, alias] = [input.text('name'), input.text('alias')]
  const model = findModel(state, name)
  const version = model.versions.get(model.aliases.get(alias) ?? -1)
  if (!version) throw invalid(`Registered model alias ${alias} not found.`)
  return { model_version: presentVersion(version, model) }
}

export const deleteAlias: Call = (input, state) => {
  findModel(state, input.text('name')).aliases.delete(input.text('alias'))
  return {}
}
