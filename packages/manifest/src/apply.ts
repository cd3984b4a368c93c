import { Failure } from '@mlops-actions/diagnostics'
import { lexWithinLimits } from './caps.ts'
import type { PlannedValue, Splice } from './change.ts'
import { parseManifest } from './parse.ts'
import type { Plan } from './plan.ts'
import { readsBackAs } from './scalar.ts'
import { changedScalars } from './tokens.ts'
import { differingPaths, formatPath, valueAt } from './tree.ts'

/**
 * The text with the planned values in it, every other byte as it was. The result is read again and compared:
 * values other than the planned ones may not differ.
 * @throws Failure MANIFEST_EDIT_SPREADS when one would, as below an anchor that is used elsewhere;
 * MANIFEST_EDIT_UNREADABLE when a planned value does not read back
 */
export function applyPlan(plan: Plan): string {
  const text = spliceAll(plan.file.text, plan.values)
  if (text !== plan.file.text && !isPlainExchange(plan, text)) assertOnlyPlanned(plan, text)
  return text
}

/** The usual case, seen by the tokens alone: parsing a large manifest again takes as long as parsing it once. */
function isPlainExchange({ file: { path }, tokens, values }: Plan, text: string): boolean {
  const changed = changedScalars(tokens, lexWithinLimits({ path, text }))
  const planned = values.filter(({ isChanged }) => isChanged).sort(byPosition)
  return (
    changed?.length === planned.length &&
    planned.every(({ after }, index) => readsBackAs(changed[index] ?? '', after))
  )
}

function assertOnlyPlanned({ file, documents, values }: Plan, text: string): void {
  const after = parseManifest({ path: file.path, text }).values
  const wanted = new Set(values.map(({ place }) => formatPath([place.document, ...place.path])))
  const others = differingPaths(documents, after)
    .map((path) => formatPath(path))
    .filter((path) => !wanted.has(path))
  if (others.length > 0) throw spreads(file.path, others)
  const lost = values.find(
    ({ place, after: value }) => valueAt(after, [place.document, ...place.path]) !== value,
  )
  if (lost !== undefined) throw unreadable(file.path, lost)
}

function byPosition({ splices: [one] }: PlannedValue, { splices: [other] }: PlannedValue): number {
  return (one?.start ?? 0) - (other?.start ?? 0)
}

/** From the end to the start, so that offsets stay right. */
function spliceAll(text: string, values: readonly PlannedValue[]): string {
  const splices: Splice[] = values.flatMap((value) => value.splices)
  return splices
    .sort((one, other) => other.start - one.start)
    .reduce((result, { start, end, text: part }) => result.slice(0, start) + part + result.slice(end), text)
}

function spreads(file: string, paths: readonly string[]): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'MANIFEST_EDIT_SPREADS',
    what: 'Cannot change this value alone',
    on: file,
    seen: `the edit would also show at ${paths.slice(0, 5).join(', ')}`,
    next: 'Remove the anchor (&name) from the value, or write out the places that refer to it',
  })
}

function unreadable(file: string, { line, path, after }: PlannedValue): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'MANIFEST_EDIT_UNREADABLE',
    what: 'Cannot write this value so that it reads back',
    on: `${file}:${line}`,
    seen: `${path} would not be ${JSON.stringify(after)}`,
    next: 'Write the value as plain or quoted text on one line, then run again',
  })
}
