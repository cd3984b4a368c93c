import type { Setting } from '../change.ts'
import type { Edit } from '../edit/splice.ts'
import type { Place } from '../place.ts'
import { type Data, isRecord, type Path } from '../tree.ts'

/** A place that has been found in a value, before its object and document are known. Its path starts at the object. */
export interface Spot extends Pick<Place, 'path' | 'component' | 'container' | 'mountPath' | 'canary'> {
  readonly isInit?: boolean
  /** Where it has another name than the object that it stands in. */
  readonly name?: string
  readonly kind?: string
  readonly form: Form
  /** Of a key that is not there, and is not made since it is more likely a slip: the keys that are. */
  readonly beside?: readonly string[]
  /** Where it stands in a manifest inside of a block of text. */
  readonly nested?: NestedSpot
}

export interface NestedSpot {
  /** Path of the text, from the object on. */
  readonly host: Path
  /** The document in that text. */
  readonly document: number
  readonly value: unknown
  readonly path: Path
}

/** How a place keeps what is set: as one scalar, or in parts. */
export interface Form {
  /** What stands there, in the form in which it is set. */
  read(value: unknown): string
  /**
   * What to write, at paths that start at the place.
   * @param on file and line of the place, for what is refused
   */
  edits(value: unknown, setting: Setting, on: string): readonly Edit[]
}

/** One scalar that is the whole value. */
export const SCALAR: Form = {
  read: textOf,
  edits: (_, { value }) => [{ path: [], value }],
}

/** A place that is not there yet, and what has to be written there. */
export function absent(make: (setting: Setting) => Data): Form {
  return { read: () => '', edits: (_, setting) => [{ path: [], value: make(setting) }] }
}

/** A scalar as people read it; nothing for null and for what is not there. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) || isRecord(value) ? JSON.stringify(value) : String(value)
}
