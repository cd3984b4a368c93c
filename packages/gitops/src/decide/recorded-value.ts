import type { Field, Place, Target } from '@mlops-actions/manifest'
import { quietJson } from '../trailers/quiet-text.ts'
import { TRAILER, type TrailerLine } from '../trailers/trailers.ts'
import type { FileValue } from './change-set.ts'
import { parseRecord, parseTarget } from './recorded-value.wire.ts'

/** What a commit of ours says of one value: what it wrote and what it replaced, '' where that was nothing. */
export interface RecordedValue {
  readonly set: Field
  /** Of an annotation or a variable its name, of any other value its path. */
  readonly key?: string | undefined
  /** The target, where its label alone would not lead back to it. */
  readonly at?: Target | undefined
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
  TRAILER.at,
  TRAILER.value,
])

/** What is recorded of a value that is to be written. */
export function recordOf({ wish, place, before, after }: FileValue): RecordedValue {
  return { set: wish.set, key: keyOf(wish), at: targetIn(wish, place), now: after, previous: before }
}

function keyOf(wish: FileValue['wish']): string | undefined {
  if (wish.set === 'value') return wish.path
  return wish.set === 'annotation' || wish.set === 'env' ? wish.key : undefined
}

/** The label of an InferenceService says it all, and that of anything else is for people. */
function targetIn({ target: { path, policy } }: FileValue['wish'], place: Place): Target | undefined {
  if (policy !== undefined) return { policy }
  const { kind, name, namespace, component, container, mountPath, canary } = place
  const isPlain =
    kind === 'InferenceService' && path === undefined && mountPath === undefined && canary === undefined
  if (isPlain) return undefined
  return {
    kind,
    name: name === '' ? undefined : name,
    namespace,
    component,
    container,
    mountPath,
    canary,
    path,
  }
}

/** Whether both are about one place of their target. */
export function isSameValue(one: RecordedValue, other: RecordedValue): boolean {
  return one.set === other.set && one.key === other.key && one.at?.path === other.at?.path
}

export function formatRecord({ set, key, at, now, previous }: RecordedValue): TrailerLine[] {
  if (set !== 'image' && set !== 'storage-uri')
    return [[TRAILER.value, quietJson(onOneLine({ set, key, at, now, previous }))]]
  return [
    [PLAIN[set].now, now],
    [PLAIN[set].previous, previous],
    [TRAILER.at, at === undefined ? '' : onOneLine(at)],
  ]
}

/** JSON without what would not stay on the line of a trailer, and is text to JSON. */
function onOneLine(value: object): string {
  return JSON.stringify(value).replace(
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
  return { set, now, previous, at: parseTarget(more.get(TRAILER.at) ?? '') }
}
