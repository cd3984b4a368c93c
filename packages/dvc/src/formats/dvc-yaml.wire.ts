import {
  isTypedList,
  isTypedMap,
  parseTypedYaml,
  pythonText,
  type TypedMap,
  type TypedValue,
} from './typed-yaml.wire.ts'
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

const OUTPUT_FLAGS = new Set(
  `cache persist checkpoint remote push desc type labels meta
   template x y x_label y_label title header`.split(/\s+/),
)
const TOP_KEYS = new Set('vars stages params metrics plots artifacts datasets'.split(' '))
const STAGE_KEYS = new Set(
  'matrix cmd wdir deps params vars frozen meta desc always_changed outs metrics plots'.split(' '),
)
const FOREACH_KEYS = new Set(['foreach', 'do'])
const NOTHING: TypedMap = new Map()

/** @throws Failure `config` for what DVC refuses too */
export function parseDvcYaml(text: string, file: string): PipelineDefinition {
  const top = parseTypedYaml(text, file) ?? NOTHING
  if (!isTypedMap(top)) throw bad(file, 'it does not hold a mapping')
  assertKeys(top, TOP_KEYS, file)
  const stages = top.get('stages') ?? NOTHING
  if (!isTypedMap(stages)) throw bad(file, 'its stages are no mapping')
  return {
    vars: listOf(top, 'vars', file),
    stages: [...stages].map(([name, definition]) => stageDefinition(name, definition, file)),
  }
}

function stageDefinition(name: string, definition: TypedValue, file: string): StageDefinition {
  const on = `${file}:${name}`
  if (!isTypedMap(definition)) throw bad(file, `its stage ${name} is no mapping`)
  const isRepeated = definition.has('foreach')
  if (isRepeated) assertKeys(definition, FOREACH_KEYS, on)
  const body = isRepeated ? definition.get('do') : definition
  if (!isTypedMap(body)) throw bad(file, `its stage ${name} has a foreach without do`)
  assertKeys(body, STAGE_KEYS, on)
  return {
    name,
    wdir: textOf(body.get('wdir') ?? '.', on, 'wdir'),
    vars: listOf(body, 'vars', on),
    deps: listOf(body, 'deps', on).map((dep) => textOf(dep, on, 'an entry of its deps')),
    outs: ['outs', 'metrics', 'plots'].flatMap((kind) =>
      listOf(body, kind, on).flatMap((entry) => declaredOutputs(entry, on)),
    ),
    multiplied: multiplied(definition),
  }
}

function multiplied(definition: TypedMap): StageDefinition['multiplied'] {
  const by = (['foreach', 'matrix'] as const).find((kind) => definition.has(kind))
  return by === undefined ? undefined : { by, data: definition.get(by) ?? null }
}

/** `path`, or `path: {cache: false, …}`; plots may have a list of properties there. */
function declaredOutputs(entry: TypedValue, on: string): DeclaredOutput[] {
  if (typeof entry === 'string') return [{ path: entry, remote: undefined, cache: true, push: true }]
  if (!isTypedMap(entry)) throw bad(on, 'an output in it is neither a path nor a mapping')
  return [...entry].map(([path, value]) => {
    const flags = isTypedMap(value) ? value : NOTHING
    const named = `${on} (${path})`
    assertKeys(flags, OUTPUT_FLAGS, named)
    const remote = flags.get('remote')
    return {
      path,
      remote: remote === undefined ? undefined : textOf(remote, named, 'remote'),
      cache: flagOf(flags, 'cache', named),
      push: flagOf(flags, 'push', named),
    }
  })
}

/** A key that is misspelt would hide an output in silence; DVC refuses it too (dvc/schema.py). */
function assertKeys(map: TypedMap, known: ReadonlySet<string>, on: string): void {
  for (const key of map.keys())
    if (!known.has(key)) throw bad(on, `it has the key "${key.slice(0, 60)}", which DVC does not know`)
}

function flagOf(flags: TypedMap, name: string, on: string): boolean {
  const value = flags.get(name) ?? true
  if (typeof value === 'boolean') return value
  throw bad(on, `its ${name} is neither true nor false`)
}

function listOf(map: TypedMap, key: string, on: string): readonly TypedValue[] {
  const value = map.get(key) ?? []
  if (isTypedList(value)) return value
  throw bad(on, `its ${key} are no list`)
}

function textOf(value: TypedValue, on: string, name: string): string {
  if (isTypedList(value) || isTypedMap(value)) throw bad(on, `${name} is no text`)
  return pythonText(value)
}
