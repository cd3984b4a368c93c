import { Failure } from '@mlops-actions/diagnostics'
import { parseManifest } from './parse.ts'
import type { Plan, PlannedValue } from './plan.ts'
import { differingPaths, formatPath, valueAt } from './tree.ts'

/**
 * The text with the planned values in it, every other byte as it was. The result is parsed again and
 * compared: values other than the planned ones may not differ.
 * @throws Failure MANIFEST_EDIT_SPREADS when one would, as below an anchor that is used elsewhere;
 * MANIFEST_EDIT_UNREADABLE when a planned value does not read back
 */
export function applyPlan({ file, documents, values }: Plan): string {
  const text = spliceAll(file.text, values)
  if (text === file.text) return text
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
  return text
}

/** From the end to the start, so that offsets stay right. */
function spliceAll(text: string, values: readonly PlannedValue[]): string {
  const splices = values.flatMap(({ splice }) => splice ?? []).sort((one, other) => other.start - one.start)
  return splices.reduce(
    (result, { start, end, text: part }) => result.slice(0, start) + part + result.slice(end),
    text,
  )
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
