import { isScalar } from 'yaml'
import type { Change, PlannedValue } from '../change.ts'
import { assertSameType } from '../edit/typed.ts'
import { follow } from '../read/node.ts'
import { looksLikeTemplate, templateFailure } from '../read/template.ts'
import { formatPath } from '../tree.ts'
import { labelOf } from './match.ts'
import { type Found, lineOfPlace } from './places.ts'

/** What a change is about, before it is known whether anything has to be written. */
export type Described = Omit<PlannedValue, 'splices' | 'isChanged'>

/** @throws Failure MANIFEST_IS_TEMPLATE | MANIFEST_VALUE_TYPE */
export function describeChange(found: Found, change: Change): Described {
  const { document, place, form, value } = found
  const line = lineOfPlace(found)
  const on = `${document.path}:${line}`
  if ([place.kind, place.name, place.namespace ?? ''].some(looksLikeTemplate)) throw templateFailure(on)
  if (change.set === 'value') assertSameType(on, change.path, value, change.value)
  const path = formatPath(place.path)
  const before = sourceOf(found) ?? form.read(value)
  return { place, kind: place.kind, target: labelOf(place), line, path, before, after: String(change.value) }
}

/** A number as it is written: `01` is not the 1 that it means. */
function sourceOf({ document, place }: Found): string | undefined {
  const { nodes, missing } = follow(document, place.path)
  const node = nodes.at(-1)
  if (missing.length > 0 || !isScalar(node) || node.value === null) return undefined
  return typeof node.value === 'string' ? undefined : node.source
}
