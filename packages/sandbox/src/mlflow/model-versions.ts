import type { Call } from './call.ts'
import { absent, invalid } from './errors.ts'
import { type Clause, matches, parseFilter } from './filter.ts'
import type { Input } from './input.wire.ts'
import { takePage } from './page.ts'
import { listOrNothing, presentVersion } from './present.ts'
import { findModel } from './registered-models.ts'
import { resolveSource } from './sources.ts'
import type { MlflowState, ModelVersion, RegisteredModel } from './state.ts'

interface Found {
  readonly model: RegisteredModel
  readonly version: ModelVersion
}

/** @throws MlflowError RESOURCE_DOES_NOT_EXIST */
function findVersion(input: Input, state: MlflowState): Found {
  const [name, number] = [input.text('name'), input.version('version')]
  const model = state.models.get(name)
  const version = model?.versions.get(number)
  if (!model || !version) throw absent(`Model Version (name=${name}, version=${number}) not found`)
  return { model, version }
}

/** No deduplication: a POST that is sent twice makes two versions. An unknown `run_id` is accepted. */
export const createVersion: Call = (input, state, world) => {
  const [name, source] = [input.text('name'), input.text('source')]
  const resolved = resolveSource(state, source, input)
  const model = findModel(state, name)
  const number = Math.max(0, ...model.versions.keys()) + 1
  const version: ModelVersion = {
    name,
    version: number,
    createdAt: world.now(),
    source,
    runId: input.optionalText('run_id') || resolved.runId,
    runLink: input.optionalText('run_link') ?? '',
    storageLocation: resolved.storageLocation,
    updatedAt: world.now(),
    description: input.optionalText('description') ?? '',
    status: 'READY',
    statusMessage: '',
    tags: new Map(input.list('tags').map((tag) => [tag.text('key'), tag.optionalText('value') ?? ''])),
  }
  model.versions.set(number, version)
  model.updatedAt = world.now()
  return { model_version: presentVersion(version, model) }
}

export const getVersion: Call = (input, state) => {
  const { model, version } = findVersion(input, state)
  return { model_version: presentVersion(version, model) }
}

export const updateVersion: Call = (input, state, world) => {
  const { model, version } = findVersion(input, state)
  version.description = input.optionalText('description') ?? ''
  version.updatedAt = world.now()
  return { model_version: presentVersion(version, model) }
}

/** Aliases that named the version go with it. */
export const deleteVersion: Call = (input, state) => {
  const { model, version } = findVersion(input, state)
  model.versions.delete(version.version)
  for (const [alias, number] of model.aliases) if (number === version.version) model.aliases.delete(alias)
  return {}
}

export const downloadUri: Call = (input, state) => ({
  artifact_uri: findVersion(input, state).version.storageLocation,
})

export const setVersionTag: Call = (input, state) => {
  const { version } = findVersion(input, state)
  version.tags.set(input.text('key'), input.optionalText('value') ?? '')
  return {}
}

export const deleteVersionTag: Call = (input, state) => {
  findVersion(input, state).version.tags.delete(input.text('key'))
  return {}
}

export const searchVersions: Call = (input, state) => {
  const clauses = parseFilter(input.optionalText('filter'))
  const found = [...state.models.values()]
    .flatMap((model) => [...model.versions.values()].map((version): Found => ({ model, version })))
    .filter(({ version }) => clauses.every((clause) => matches(clause, readVersion(version, clause))))
    .sort(
      (left, right) =>
        right.version.updatedAt - left.version.updatedAt || right.version.version - left.version.version,
    )
  const ordered = orderByNumber(found, input.texts('order_by')[0])
  const page = takePage(ordered, input, 10_000)
  return {
    model_versions: listOrNothing(page.items, ({ model, version }) => presentVersion(version, model)),
    next_page_token: page.next,
  }
}

function orderByNumber(found: readonly Found[], orderBy: string | undefined): readonly Found[] {
  const [, direction] = /^version_number(?:\s+(asc|desc))?$/i.exec(orderBy ?? '') ?? []
  if (!orderBy?.startsWith('version_number')) return found
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1
  return [...found].sort((left, right) => sign * (left.version.version - right.version.version))
}

function readVersion(version: ModelVersion, clause: Clause): string | number | undefined {
  if (clause.entity === 'tag' || clause.entity === 'tags') return version.tags.get(clause.key)
  const attributes: Readonly<Record<string, string | number>> = {
    name: version.name,
    run_id: version.runId,
    version_number: version.version,
    source_path: version.source,
  }
  const value = attributes[clause.key]
  if (value !== undefined && clause.entity === '') return value
  throw invalid(
    `Invalid attribute key '${clause.key}' specified. Valid keys are '{'name', 'run_id', 'version_number', 'source_path'}'`,
  )
}
