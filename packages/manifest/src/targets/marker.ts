import { Failure } from '@mlops-actions/diagnostics'
import type { Change, ImageParts, PlannedValue, Splice } from '../change.ts'
import { formatScalar } from '../edit/scalar.ts'
import { type ManifestFile, refuse } from '../file.ts'
import { looksLikeTemplate, templateFailure } from '../read/template.ts'
import { formatParts } from './images.ts'

type Part = 'whole' | keyof ImageParts

/** A value with a mark behind it, as it stands in a line. */
interface Marked extends Splice {
  readonly part: Part
  readonly line: number
}

/**
 * A change of the lines that a comment marks, `image: r/churn:v1 # {"$imagepolicy": "ns:name"}`, also with `:name`, `:tag`
 * or `:digest` behind the name (Flux: docs/spec/v1/imageupdateautomations.md). The file is not parsed: a Helm template has
 * such lines too.
 * @throws Failure MANIFEST_TARGET_NOT_FOUND | MANIFEST_TARGET_AMBIGUOUS | MANIFEST_IMAGE_PARTS | MANIFEST_IS_TEMPLATE
 */
export function planMarked(file: ManifestFile, change: Change, policy: string): PlannedValue {
  const marked = findMarked(file.text, policy)
  const [first] = marked
  if (first === undefined) throw notFound(file, policy)
  assertClear(file, marked, change, policy)
  const splices = marked
    .map((one) => ({ ...one, text: restyle(one.text, partOf(file, one, change)) }))
    .filter(({ text }, index) => text !== marked[index]?.text)
    .reverse()
    .map(({ start, end, text, part }) => ({ start, end, text, path: [policy, part] }))
  return {
    place: { document: 0, path: [], field: change.set, kind: 'Marker', name: policy, isInit: false },
    kind: 'Marker',
    target: `Marker ${policy}`,
    line: first.line,
    path: `$imagepolicy ${policy}`,
    before: before(marked),
    after: String(change.value),
    isChanged: splices.length > 0,
    splices,
  }
}

const LINE =
  /("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|(?<![^\s"'#[\]{},])[^\s"'#[\]{},]+)[ \t]+#[ \t]*\{[ \t]*"\$imagepolicy":[ \t]*"([^"\n]+)"[ \t]*\}/g

function findMarked(text: string, policy: string): Marked[] {
  return [...text.matchAll(LINE)].flatMap(({ index, 1: value = '', 2: mark = '' }) => {
    const isKey = value.endsWith(':')
    const rest = mark.slice(policy.length)
    const part = mark.startsWith(policy) ? PARTS.get(rest) : undefined
    if (part === undefined || isKey) return []
    const line = text.slice(0, index).split('\n').length
    return [{ part, line, start: index, end: index + value.length, text: value }]
  })
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['', 'whole'],
  [':name', 'name'],
  [':tag', 'tag'],
  [':digest', 'digest'],
])

function partOf(file: ManifestFile, { part, line, text }: Marked, change: Change): string {
  const on = `${file.path}:${line}`
  if (looksLikeTemplate(text)) throw templateFailure(on)
  if (part === 'whole') return String(change.value)
  const value = change.set === 'image' ? change.parts[part] : undefined
  if (value === undefined) throw noPart(on, `it marks a ${part}, and "${change.value}" has none`)
  return value
}

/**
 * Each part has one line at most, and all that the new image has is written somewhere; its name too, or nobody could tell
 * of which repository the old one was.
 */
function assertClear(file: ManifestFile, marked: readonly Marked[], change: Change, policy: string): void {
  const parts = new Set(marked.map(({ part }) => part))
  const isMixed = parts.has('whole') && parts.size > 1
  if (isMixed || parts.size < marked.length) throw ambiguous(file, marked, policy)
  const wished: Partial<ImageParts> = change.set === 'image' ? change.parts : {}
  const lost = (['tag', 'digest', 'name'] as const).find(
    (part) => wished[part] !== undefined && !parts.has(part),
  )
  if (!parts.has('whole') && lost !== undefined)
    throw noPart(file.path, `"${change.value}" has a ${lost}, for which no line is marked`)
}

function before(marked: readonly Marked[]): string {
  const texts = new Map(marked.map(({ part, text }) => [part, unquote(text)]))
  const whole = texts.get('whole')
  if (whole !== undefined) return whole
  return formatParts({ name: texts.get('name') ?? '', tag: texts.get('tag'), digest: texts.get('digest') })
}

function restyle(old: string, value: string): string {
  if (unquote(old) === value && (old !== value || formatScalar(value, false) === value)) return old
  if (old.startsWith("'")) return `'${value.replaceAll("'", "''")}'`
  return formatScalar(value, old.startsWith('"'))
}

function unquote(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1) : text
}

function notFound(file: ManifestFile, policy: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'MANIFEST_TARGET_NOT_FOUND',
    what: 'Cannot find the marked value to change',
    on: file.path,
    seen: `no value is followed by # {"$imagepolicy": "${policy}"}`,
    next: 'Correct the policy, or mark the line',
  })
}

function ambiguous(file: ManifestFile, marked: readonly Marked[], policy: string): Failure {
  const lines = marked.map(({ line }) => `${file.path}:${line}`).join(', ')
  return new Failure({
    kind: 'config',
    code: 'MANIFEST_TARGET_AMBIGUOUS',
    what: 'Cannot tell which marked value to change',
    on: file.path,
    seen: `${policy} marks ${lines}`,
    next: 'Give each line a policy of its own, or mark name, tag and digest one by one',
  })
}

function noPart(on: string, seen: string): Failure {
  return refuse('MANIFEST_IMAGE_PARTS', on, seen, 'Mark a line for each part that the image has')
}
