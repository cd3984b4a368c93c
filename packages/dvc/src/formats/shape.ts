import {
  isTypedList,
  isTypedMap,
  isWholeNumber,
  pythonText,
  type TypedMap,
  type TypedValue,
} from './typed-value.ts'
import { bad } from './yaml.wire.ts'

/** What may stand under a key (DVC's schemas of voluptuous: dvc/schema.py, dvc/output.py). */
export type Shape = keyof typeof SHAPES
/** The keys that a mapping may have. */
export type Shapes = Readonly<Record<string, Shape>>

interface Rule {
  readonly takes: (value: TypedValue) => boolean
  /** What anything else is. */
  readonly otherwise: string
}

const isText = (value: TypedValue): value is string => typeof value === 'string'
const NO_TEXT = 'no text: numbers, dates, true, false and null are text only in quotes'
const NO_HASH = 'no text: a hash that looks like a number has to stand in quotes'

const SHAPES = {
  text: { takes: isText, otherwise: NO_TEXT },
  'text or nothing': { takes: (value) => value === null || isText(value), otherwise: NO_TEXT },
  hash: { takes: (value) => value === null || isText(value), otherwise: NO_HASH },
  'hash that nobody reads': {
    takes: (value) => value === null || isWholeNumber(value) || (isText(value) && value !== ''),
    otherwise: NO_HASH,
  },
  name: { takes: (value) => isText(value) && value !== '', otherwise: NO_TEXT },
  flag: { takes: (value) => typeof value === 'boolean', otherwise: 'neither true nor false' },
  number: { takes: isWholeNumber, otherwise: 'no number' },
  list: { takes: isTypedList, otherwise: 'no list' },
  'list or nothing': { takes: (value) => value === null || isTypedList(value), otherwise: 'no list' },
  texts: { takes: (value) => isTypedList(value) && value.every(isText), otherwise: 'no list of texts' },
  mapping: { takes: isTypedMap, otherwise: 'no mapping' },
  'text or list': {
    takes: (value) => isText(value) || isTypedList(value),
    otherwise: 'neither text nor a list',
  },
  'text or mapping': {
    takes: (value) => isText(value) || isTypedMap(value),
    otherwise: 'neither text nor a mapping',
  },
  anything: { takes: () => true, otherwise: '' },
} as const satisfies Readonly<Record<string, Rule>>

/**
 * As DVC refuses a file for one key that it does not know, or one value that it does not take.
 * @throws Failure `config` that names the key
 */
export function assertShapes(map: TypedMap, shapes: Shapes, on: string): void {
  for (const [key, value] of map) {
    const known = Object.hasOwn(shapes, key) ? shapes[key] : undefined
    if (known === undefined || map.otherKeys?.has(key) === true)
      throw bad(on, `it has the key "${key.slice(0, 60)}", which DVC does not know`)
    const { takes, otherwise } = SHAPES[known]
    if (!takes(value)) throw bad(on, `its ${key} is ${seen(value)}, which is ${otherwise}`)
  }
}

function seen(value: TypedValue): string {
  if (value === null) return 'empty'
  if (isTypedList(value)) return 'a list'
  return isTypedMap(value) ? 'a mapping' : `"${pythonText(value).slice(0, 60)}"`
}
