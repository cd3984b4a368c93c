import { Failure } from '@mlops-actions/diagnostics'
import type { Scalar } from 'yaml'
import type { Change, PlannedValue } from './change.ts'
import type { ManifestFile } from './file.ts'
import { lineOf, scalarAt } from './node.ts'
import { type ParsedManifest, parseManifest } from './parse.ts'
import { rewriteScalar } from './scalar.ts'
import { labelOf, selectPlace } from './select.ts'
import { looksLikeTemplate, templateFailure } from './template.ts'
import { formatPath } from './tree.ts'

export interface Plan {
  readonly file: ManifestFile
  readonly tokens: readonly string[]
  /** Every document of the file as plain data, by which `applyPlan` sees what else an edit would change. */
  readonly documents: readonly unknown[]
  readonly values: readonly PlannedValue[]
}

/**
 * Decides what to write where, and changes nothing.
 * @throws Failure for manifests that are refused (see `parseManifest`), for a target that is not exactly
 * one place, and for a value that is shared by an alias or merge key
 */
export function planEdits(file: ManifestFile, changes: readonly Change[]): Plan {
  const manifest = parseManifest(file)
  const values = changes.map((change) => planChange(manifest, change))
  assertDistinct(file, values)
  return { file, tokens: manifest.tokens, documents: manifest.values, values }
}

function planChange(manifest: ParsedManifest, change: Change): PlannedValue {
  const place = selectPlace(manifest, change)
  const value = String(change.value)
  const line = lineOf(manifest, place.document, place.path)
  const scalar = scalarAt(manifest, place.document, place.path)
  const [start, end] = scalar.range ?? [0, 0]
  const { path: name, text } = manifest.file
  const source = text.slice(start, end)
  if (looksLikeTemplate(source)) throw templateFailure(`${name}:${line}`)
  const found = {
    place,
    kind: place.kind,
    target: labelOf(place),
    line,
    path: formatPath(place.path),
    before: textOf(scalar),
    after: value,
  }
  if (scalar.value === value) return { ...found, isChanged: false, splices: [] }
  const context = { source, before: text.charAt(start - 1), after: text.charAt(end) }
  const splice = { start, end, text: rewriteScalar(scalar, context, value), path: place.path }
  return { ...found, isChanged: true, splices: [splice] }
}

function textOf({ value, source }: Scalar): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : (source ?? '')
}

function assertDistinct(file: ManifestFile, values: readonly PlannedValue[]): void {
  const clash = values.find((value, index) =>
    values.some((other, at) => at < index && isSamePlace(value, other)),
  )
  if (clash === undefined) return
  throw new Failure({
    kind: 'config',
    code: 'MANIFEST_CHANGED_TWICE',
    what: 'Cannot make two changes at one place',
    on: `${file.path}:${clash.line}`,
    seen: `${clash.path} is the target of more than one change`,
    next: 'Give each change its own target',
  })
}

function isSamePlace(one: PlannedValue, other: PlannedValue): boolean {
  return one.place.document === other.place.document && one.path === other.path
}
