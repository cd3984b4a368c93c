import { bad, flagAt } from './entry.wire.ts'
import { listAt, mapAt, parseYamlMap, textAt, type YamlMap, type YamlValue } from './yaml.wire.ts'

/** One output of a stage with what only dvc.yaml says of it. */
export interface DeclaredOutput {
  /** May hold `${…}`, which dvc.lock has resolved. */
  readonly path: string
  readonly remote: string | undefined
  readonly cache: boolean
  readonly push: boolean
}

export interface DeclaredStage {
  readonly wdir: string
  readonly outs: readonly DeclaredOutput[]
  /** `foreach` or `matrix`: it stands for stages named `name@…`. */
  readonly multiplied: boolean
}

/** The stages of a dvc.yaml, as far as a push needs them. @throws Failure `config` */
export function parseDvcYaml(text: string, file: string): ReadonlyMap<string, DeclaredStage> {
  const top = parseYamlMap(text, file)
  const declared = new Map<string, DeclaredStage>()
  const stages = mapAt(top, 'stages')
  for (const [name, definition] of stages ?? []) {
    if (!(definition instanceof Map)) throw bad(file, `its stage ${name} is no mapping`)
    const body = definition.has('foreach') ? mapAt(definition, 'do') : definition
    if (body === undefined) throw bad(file, `its stage ${name} has a foreach without do`)
    declared.set(name, {
      wdir: textAt(body, 'wdir') ?? '.',
      outs: ['outs', 'metrics', 'plots'].flatMap((kind) => declaredOutputs(body, kind, `${file}:${name}`)),
      multiplied: definition.has('foreach') || definition.has('matrix'),
    })
  }
  return declared
}

function declaredOutputs(stage: YamlMap, kind: string, on: string): DeclaredOutput[] {
  const entries = listAt(stage, kind)
  if (entries === undefined) throw bad(on, `its ${kind} are no list`)
  return entries.flatMap((entry) => declaredOutput(entry, on))
}

/** `path`, or `path: {cache: false, …}`. */
function declaredOutput(entry: YamlValue, on: string): DeclaredOutput[] {
  if (typeof entry === 'string') return [{ path: entry, remote: undefined, cache: true, push: true }]
  if (!(entry instanceof Map)) throw bad(on, 'an output in it is neither a path nor a mapping')
  return [...entry].map(([path, flags]) => {
    const options: YamlMap = flags instanceof Map ? flags : new Map()
    return {
      path,
      remote: textAt(options, 'remote')?.toLowerCase(),
      cache: flagAt(options, 'cache', `${on} (${path})`),
      push: flagAt(options, 'push', `${on} (${path})`),
    }
  })
}
