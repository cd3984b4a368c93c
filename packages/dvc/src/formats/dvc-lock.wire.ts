import { type RecordedOutput, recordedOutput } from './entry.wire.ts'
import { bad, listAt, mapAt, parseYamlMap, textAt } from './yaml.wire.ts'

/** Outputs by the full name of their stage: `train`, `train@eu`, `evaluate@0.1-small`. */
export type DvcLock = ReadonlyMap<string, readonly RecordedOutput[]>

/** Reads a dvc.lock of schema 2.0 (dvc/stage/serialize.py). @throws Failure `config` */
export function parseDvcLock(text: string, file: string): DvcLock {
  const top = parseYamlMap(text, file)
  const stages = new Map<string, readonly RecordedOutput[]>()
  if (top.size === 0) return stages
  const schema = textAt(top, 'schema')
  if (schema !== '2.0')
    throw bad(file, schema === undefined ? 'it has no schema' : `its schema is "${schema}", not "2.0"`)
  const recorded = mapAt(top, 'stages')
  if (recorded === undefined) return stages
  for (const [name, stage] of recorded) {
    if (!(stage instanceof Map)) throw bad(file, `its stage ${name} is no mapping`)
    const outs = listAt(stage, 'outs')
    if (outs === undefined) throw bad(file, `the outs of its stage ${name} are no list`)
    stages.set(
      name,
      outs.map((out) => recordedOutput(out, `${file}:${name}`)),
    )
  }
  return stages
}
