import { Failure } from '@mlops-actions/diagnostics'
import { isScalar } from 'yaml'
import type { Change, PlannedSplice, PlannedValue } from './change.ts'
import { type Edit, planSplice } from './edit.ts'
import type { ManifestFile } from './file.ts'
import type { Found } from './find.ts'
import { follow, lineOf } from './node.ts'
import { type Manifest, openManifest } from './parse.ts'
import { labelOf, selectPlace } from './select.ts'
import { looksLikeTemplate, templateFailure } from './template.ts'
import { formatPath, valueAt } from './tree.ts'
import { spliceVerified } from './verify.ts'

export interface Plan {
  readonly file: ManifestFile
  readonly values: readonly PlannedValue[]
}

/**
 * Decides what to write where, one change after the other, and changes nothing. Every splice has been tried: the text
 * that it makes says what the text before it said, with the change and without any other.
 * @throws Failure for manifests that are refused (see `parseDocument`), for a target that is not exactly one place, for
 * a value that is shared by an alias or merge key, and for an edit that would show elsewhere too
 */
export function planEdits(file: ManifestFile, changes: readonly Change[]): Plan {
  let manifest = openManifest(file)
  const values: PlannedValue[] = []
  for (const change of changes) {
    const found = selectPlace(manifest, change)
    const value = describe(found, change)
    assertFirst(file, values, value)
    const planned = planSplices(manifest, found, change)
    manifest = planned.manifest
    values.push({ ...value, isChanged: planned.splices.length > 0, splices: planned.splices })
  }
  return { file, values }
}

type Described = Omit<PlannedValue, 'splices' | 'isChanged'>

function describe({ document, place, form }: Found, change: Change): Described {
  const line = lineOf(document, place.path)
  const templated = [place.kind, place.name, place.namespace ?? ''].some(looksLikeTemplate)
  if (templated) throw templateFailure(`${document.path}:${line}`)
  const scalar = follow(document, place.path)
  const node = scalar.missing.length === 0 ? scalar.nodes.at(-1) : undefined
  // A number as it is written: `01` is not the 1 that it means.
  const isOther = isScalar(node) && node.value !== null && typeof node.value !== 'string'
  const before = isOther ? (node.source ?? '') : form.read(valueAt(document.value, place.path))
  const path = formatPath(place.path)
  return { place, kind: place.kind, target: labelOf(place), line, path, before, after: String(change.value) }
}

/** The splices of one change, and the manifest with them in it. */
function planSplices(manifest: Manifest, { document, place, form }: Found, change: Change) {
  let after = manifest
  const splices: PlannedSplice[] = []
  for (const { path, value } of form.edits(valueAt(document.value, place.path), change)) {
    const edit: Edit = { path: [...place.path, ...path], value }
    const now = after.documents[document.index]
    const parsed = now === undefined ? document : after.parse(now)
    const splice = planSplice(parsed, edit)
    if (splice === undefined) continue
    after = spliceVerified(after, parsed, edit, splice)
    const { start } = parsed
    splices.push({ start: start + splice.start, end: start + splice.end, text: splice.text, path: edit.path })
  }
  return { manifest: after, splices }
}

function assertFirst(file: ManifestFile, values: readonly Described[], value: Described): void {
  const isTwice = values.some(
    ({ place, path }) => place.document === value.place.document && path === value.path,
  )
  if (!isTwice) return
  throw new Failure({
    kind: 'config',
    code: 'MANIFEST_CHANGED_TWICE',
    what: 'Cannot make two changes at one place',
    on: `${file.path}:${value.line}`,
    seen: `${value.path} is the target of more than one change`,
    next: 'Give each change its own target',
  })
}
