import { ENTRY_SHAPES, entryAt, mappingOf, type RecordedOutput, recordedOutput } from './entry.wire.ts'
import { assertShapes, type Shapes } from './shape.ts'
import { isTypedList, isTypedMap, pythonText, type TypedMap, type TypedValue } from './typed-value.ts'
import { parseTypedYaml } from './typed-yaml.wire.ts'
import { bad } from './yaml.wire.ts'

/** Outputs by the full name of their stage: `train`, `train@eu`, `evaluate@0.1-small`. */
export type DvcLock = ReadonlyMap<string, readonly RecordedOutput[]>

// dvc/schema.py, LOCKFILE_SCHEMA and LOCK_FILE_STAGE_SCHEMA.
const TOP_SHAPES: Shapes = { schema: 'anything', datasets: 'anything', stages: 'mapping' }
const STAGE_SHAPES: Shapes = { cmd: 'text or list', deps: 'list', params: 'mapping', outs: 'list' }
const DATA_SHAPES: Shapes = { ...ENTRY_SHAPES, dataset: 'mapping' }

/** Reads a dvc.lock of schema 2.0 (dvc/stage/serialize.py). @throws Failure `config` */
export function parseDvcLock(text: string, file: string): DvcLock {
  const top = mappingOf(parseTypedYaml(text, file), file)
  const stages = new Map<string, readonly RecordedOutput[]>()
  if (top.size === 0) return stages
  const schema = top.get('schema')
  if (schema === undefined) throw bad(file, 'it has no schema')
  if (schema !== '2.0') throw bad(file, `its schema is ${wordsOf(schema)}, not the text "2.0"`)
  assertShapes(top, TOP_SHAPES, file)
  const recorded = top.get('stages')
  if (!isTypedMap(recorded)) return stages
  for (const [name, stage] of recorded) {
    const on = `${file}:${name}`
    if (!isTypedMap(stage) || recorded.otherKeys?.has(name) === true)
      throw bad(file, `its stage ${name} is no mapping under a text`)
    assertShapes(stage, STAGE_SHAPES, on)
    if (!stage.has('cmd')) throw bad(on, 'it has no cmd')
    assertParams(stage, on)
    for (const dep of listAt(stage, 'deps')) readEntry(dep, on)
    stages.set(
      name,
      listAt(stage, 'outs').map((out) => {
        const { entry, on: named } = readEntry(out, on)
        return recordedOutput(entry, named)
      }),
    )
  }
  return stages
}

function readEntry(value: TypedValue, on: string): ReturnType<typeof entryAt> {
  const found = entryAt(value, on)
  assertShapes(found.entry, DATA_SHAPES, found.on)
  return found
}

/** By file, by name. */
function assertParams(stage: TypedMap, on: string): void {
  const params = stage.get('params')
  const maps = isTypedMap(params) ? [params, ...params.values()] : []
  if (maps.some((map) => !isTypedMap(map) || (map.otherKeys?.size ?? 0) > 0))
    throw bad(on, 'its params are no mappings from text')
}

function listAt(map: TypedMap, key: string): readonly TypedValue[] {
  const value = map.get(key)
  return isTypedList(value) ? value : []
}

function wordsOf(value: TypedValue): string {
  if (isTypedList(value) || isTypedMap(value)) return 'no text'
  return typeof value === 'string' ? `"${value}"` : `the value ${pythonText(value)}`
}
