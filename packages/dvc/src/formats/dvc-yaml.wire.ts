import { isTemplate } from '../templating/context.ts'
import { mappingOf } from './entry.wire.ts'
import { assertShapes, type Shapes } from './shape.ts'
import { isTypedList, isTypedMap, type TypedMap, type TypedValue } from './typed-value.ts'
import { parseTypedYaml } from './typed-yaml.wire.ts'
import { bad } from './yaml.wire.ts'

/** One output of a stage with what only dvc.yaml says of it. */
export interface DeclaredOutput {
  /** May hold `${…}`, as `remote` may. */
  readonly path: string
  readonly remote: string | undefined
  readonly cache: boolean
  readonly push: boolean
}

/** A stage as it stands there; a `foreach` or `matrix` stands for several. Any text in it may hold `${…}`. */
export interface StageDefinition {
  readonly name: string
  readonly wdir: string
  readonly vars: readonly TypedValue[]
  readonly deps: readonly string[]
  readonly outs: readonly DeclaredOutput[]
  readonly multiplied: { readonly by: 'foreach' | 'matrix'; readonly data: TypedValue } | undefined
}

/** A dvc.yaml, as far as it says what is tracked and how (dvc/schema.py, MULTI_STAGE_SCHEMA). */
export interface PipelineDefinition {
  readonly vars: readonly TypedValue[]
  readonly stages: readonly StageDefinition[]
}

const TOP_SHAPES: Shapes = {
  ...{ vars: 'list', stages: 'mapping', params: 'texts', metrics: 'texts', plots: 'list' },
  ...{ artifacts: 'mapping', datasets: 'anything' },
}
const FOREACH_SHAPES: Shapes = { foreach: 'anything', do: 'mapping' }
const STAGE_SHAPES: Shapes = {
  ...{ matrix: 'mapping', cmd: 'text or list', wdir: 'text', deps: 'texts', params: 'list', vars: 'list' },
  ...{ frozen: 'flag', meta: 'anything', desc: 'text', always_changed: 'flag' },
  ...{ outs: 'list', metrics: 'list', plots: 'list' },
}
const OUTPUT_SHAPES: Shapes = {
  ...{ cache: 'flag', persist: 'flag', checkpoint: 'flag', remote: 'text', push: 'flag' },
  ...{ desc: 'text', type: 'text', labels: 'texts', meta: 'anything' },
}
const PLOT_SHAPES: Shapes = {
  ...OUTPUT_SHAPES,
  ...{
    template: 'text',
    x: 'text',
    y: 'text',
    x_label: 'text',
    y_label: 'text',
    title: 'text',
    header: 'flag',
  },
}
const NOTHING: TypedMap = new Map()

/** @throws Failure `config` for what DVC refuses too */
export function parseDvcYaml(text: string, file: string): PipelineDefinition {
  const top = mappingOf(parseTypedYaml(text, file), file)
  assertShapes(top, TOP_SHAPES, file)
  const stages = top.get('stages')
  const defined = isTypedMap(stages) ? stages : NOTHING
  const [other] = defined.otherKeys ?? []
  if (other !== undefined)
    throw bad(file, `the name of its stage ${other} is no text: it has to stand in quotes`)
  return {
    vars: varsOf(top, file),
    stages: [...defined].map(([name, definition]) => stageDefinition(name, definition, file)),
  }
}

function stageDefinition(name: string, definition: TypedValue, file: string): StageDefinition {
  const on = `${file}:${name}`
  if (!isTypedMap(definition)) throw bad(file, `its stage ${name} is no mapping`)
  const isRepeated = definition.has('foreach') || definition.has('do')
  if (isRepeated) assertShapes(definition, FOREACH_SHAPES, on)
  const body = isRepeated ? definition.get('do') : definition
  if (!isTypedMap(body)) throw bad(file, `its stage ${name} has a foreach without do`)
  assertShapes(body, STAGE_SHAPES, on)
  if (!body.has('cmd')) throw bad(on, 'it has no cmd')
  const wdir = body.get('wdir')
  return {
    name,
    wdir: typeof wdir === 'string' && wdir !== '' ? wdir : '.',
    vars: varsOf(body, on),
    deps: listOf(body, 'deps').filter((dep) => typeof dep === 'string'),
    outs: (['outs', 'metrics', 'plots'] as const).flatMap((kind) =>
      listOf(body, kind).flatMap((entry) => declaredOutputs(entry, kind, on)),
    ),
    multiplied: multiplied(definition, on),
  }
}

function multiplied(definition: TypedMap, on: string): StageDefinition['multiplied'] {
  if (definition.has('do') && !definition.has('foreach')) throw bad(on, 'it has a do without foreach')
  const by = (['foreach', 'matrix'] as const).find((kind) => definition.has(kind))
  if (by === undefined) return undefined
  const data = definition.get(by) ?? null
  if (by === 'matrix' && isTypedMap(data)) assertAxes(data, on)
  return { by, data }
}

function assertAxes(matrix: TypedMap, on: string): void {
  for (const [axis, values] of matrix)
    if (matrix.otherKeys?.has(axis) === true || !(isTypedList(values) || typeof values === 'string'))
      throw bad(on, `the axis "${axis}" of its matrix is neither a list nor a template under a text`)
}

/** Files and mappings; what they say stands as it is. */
function varsOf(map: TypedMap, on: string): readonly TypedValue[] {
  const vars = listOf(map, 'vars')
  if (!vars.every((entry) => typeof entry === 'string' || isTypedMap(entry)))
    throw bad(on, 'an entry of its vars is neither a file nor a mapping')
  if (vars.some(holdsTemplate)) throw bad(on, 'its vars hold a template, which DVC does not take there')
  return vars
}

function holdsTemplate(value: TypedValue): boolean {
  if (isTypedList(value)) return value.some(holdsTemplate)
  if (isTypedMap(value)) return [...value].some(([key, item]) => isTemplate(key) || holdsTemplate(item))
  return typeof value === 'string' && isTemplate(value)
}

/** `path`, or `path: {cache: false, …}`; plots may have a list of properties there. */
function declaredOutputs(
  entry: TypedValue,
  kind: 'outs' | 'metrics' | 'plots',
  on: string,
): DeclaredOutput[] {
  if (typeof entry === 'string') return [{ path: entry, remote: undefined, cache: true, push: true }]
  if (!isTypedMap(entry) || entry.otherKeys !== undefined)
    throw bad(
      on,
      'an output in it is neither a path nor a mapping from one; `1` and `true` are paths in quotes',
    )
  return [...entry].map(([path, flags]) => {
    const named = `${on} (${path})`
    if (kind === 'plots' && isTypedList(flags)) return { path, remote: undefined, cache: true, push: true }
    if (!isTypedMap(flags)) throw bad(named, 'what stands behind its path is no mapping')
    assertShapes(flags, kind === 'plots' ? PLOT_SHAPES : OUTPUT_SHAPES, named)
    const remote = flags.get('remote')
    return {
      path,
      remote: typeof remote === 'string' && remote !== '' ? remote : undefined,
      cache: flags.get('cache') !== false,
      push: flags.get('push') !== false,
    }
  })
}

function listOf(map: TypedMap, key: string): readonly TypedValue[] {
  const value = map.get(key)
  return isTypedList(value) ? value : []
}
