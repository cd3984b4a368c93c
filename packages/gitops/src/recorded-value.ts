import type { Field } from '@mlops-actions/manifest'
import type { FileValue } from './change-set.ts'
import { parseRecord } from './recorded-value.wire.ts'
import { TRAILER, type TrailerLine } from './trailers.ts'

/** What a commit of ours says of one value: what it wrote and what it replaced, '' where that was nothing. */
export interface RecordedValue {
  readonly set: Field
  /** Of an annotation or a variable its name, of any other value its path. */
  readonly key?: string | undefined
  /** Of an entry of `storageUris`. */
  readonly mountPath?: string | undefined
  readonly now: string
  readonly previous: string
}

/** The values that people and dashboards look for have trailers of their own. */
const PLAIN = {
  image: { now: TRAILER.image, previous: TRAILER.previousImage },
  'storage-uri': { now: TRAILER.storageUri, previous: TRAILER.previousStorageUri },
} as const

/** They belong to the target that stands above them. */
export const VALUE_TRAILERS: ReadonlySet<string> = new Set([
  ...Object.values(PLAIN).flatMap(({ now, previous }) => [now, previous]),
  TRAILER.mountPath,
  TRAILER.value,
])

/** What is recorded of a value that is to be written. */
export function recordOf({ wish, place, before, after }: FileValue): RecordedValue {
  return { set: wish.set, key: keyOf(wish), mountPath: place.mountPath, now: after, previous: before }
}

function keyOf(wish: FileValue['wish']): string | undefined {
  if (wish.set === 'value') return wish.path
  return wish.set === 'annotation' || wish.set === 'env' ? wish.key : undefined
}

/** Whether both are about one place of their target. */
export function isSameValue(one: RecordedValue, other: RecordedValue): boolean {
  return one.set === other.set && one.key === other.key && one.mountPath === other.mountPath
}

export function formatRecord({ set, key, mountPath, now, previous }: RecordedValue): TrailerLine[] {
  if (set !== 'image' && set !== 'storage-uri')
    return [[TRAILER.value, escapeSeparators(JSON.stringify({ set, key, now, previous }))]]
  return [
    [PLAIN[set].now, now],
    [PLAIN[set].previous, previous],
    [TRAILER.mountPath, mountPath ?? ''],
  ]
}

/** What would not stay on the line of a trailer, and JSON leaves as it is. */
function escapeSeparators(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The values that the trailers of one target tell. */
export function parseRecords(lines: readonly TrailerLine[]): RecordedValue[] {
  const starts = lines.flatMap(([key], index) => (STARTS.has(key) ? [index] : []))
  return starts.flatMap((start, index) => parseOne(lines.slice(start, starts[index + 1])) ?? [])
}

const STARTS: ReadonlySet<string> = new Set([TRAILER.image, TRAILER.storageUri, TRAILER.value])

function parseOne([[key, now] = ['', ''], ...rest]: readonly TrailerLine[]): RecordedValue | undefined {
  if (key === TRAILER.value) return parseRecord(now)
  const set = key === TRAILER.image ? 'image' : 'storage-uri'
  const more = new Map(rest)
  const previous = more.get(PLAIN[set].previous) ?? ''
  return { set, now, previous, mountPath: more.get(TRAILER.mountPath) }
}
