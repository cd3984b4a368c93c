import { Failure } from '@mlops-actions/diagnostics'
import type { Change, PlannedSplice, PlannedValue, Splice } from './change.ts'
import { openBlock } from './edit/nested.ts'
import { type Edit, planSplice } from './edit/splice.ts'
import { spliced, spliceVerified } from './edit/verify.ts'
import type { ManifestFile } from './file.ts'
import { describeChange } from './find/described.ts'
import { type Found, innermost } from './find/places.ts'
import { selectPlace } from './find/select.ts'
import { type Manifest, openManifest } from './read/manifest.ts'
import { planMarked } from './targets/marker.ts'
import type { Path } from './tree.ts'

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
    const planned = planChange(manifest, change)
    assertFirst(file, values, planned.value)
    manifest = planned.manifest
    values.push(planned.value)
  }
  return { file, values }
}

function planChange(manifest: Manifest, change: Change): { manifest: Manifest; value: PlannedValue } {
  const { file } = manifest
  if (change.target.policy !== undefined) {
    const value = planMarked(file, change, change.target.policy)
    return { value, manifest: openManifest({ ...file, text: value.splices.reduce(spliced, file.text) }) }
  }
  const found = selectPlace(manifest, change)
  const described = describeChange(found, change)
  const edits = found.form.edits(found.value, change, `${file.path}:${described.line}`)
  const { splices, manifest: after } = planSplices(manifest, found, edits)
  return { value: { ...described, isChanged: splices.length > 0, splices }, manifest: after }
}

interface Planned {
  readonly manifest: Manifest
  readonly splices: readonly PlannedSplice[]
}

/** The splices of one change, and the manifest with them in it. */
function planSplices(before: Manifest, found: Found, edits: readonly Edit[]): Planned {
  let manifest = before
  const splices: PlannedSplice[] = []
  for (const { path, value } of edits) {
    const now = manifest.documents[found.document.index]
    const document = now === undefined ? found.document : manifest.parse(now)
    const planned = planEdit(manifest, { ...found, document }, { path, value })
    if (planned === undefined) continue
    const { start, end, text } = planned.splice
    const { start: offset } = document
    const at = [...found.place.path, ...path]
    splices.push({ start: offset + start, end: offset + end, text, path: at })
    manifest = planned.manifest
  }
  return { manifest, splices }
}

/** One splice into the document of a place, tried; in a manifest inside of it on both levels. */
function planEdit(
  manifest: Manifest,
  found: Found,
  { path, value }: Edit,
): { manifest: Manifest; splice: Splice } | undefined {
  const { document, nested } = found
  const { inner, path: place } = innermost(found)
  const edit = { path: [...place, ...path], value }
  const splice = planSplice(inner, edit)
  if (splice === undefined) return undefined
  if (nested === undefined) return { manifest: spliceVerified(manifest, document, edit, splice), splice }
  const block = openBlock(document, nested.host)
  const { start } = inner
  const within = { ...splice, start: start + splice.start, end: start + splice.end }
  const after = spliceVerified(openManifest({ path: document.path, text: block.text }), inner, edit, splice)
  const outer = block.toOuter(within)
  const text = { path: nested.host, value: after.file.text + block.lineEnds }
  return { manifest: spliceVerified(manifest, document, text, outer), splice: outer }
}

function assertFirst(file: ManifestFile, values: readonly PlannedValue[], value: PlannedValue): void {
  if (!values.some((other) => isAtOnePlace(value, other))) return
  throw new Failure({
    kind: 'config',
    code: 'MANIFEST_CHANGED_TWICE',
    what: 'Cannot make two changes at one place',
    on: `${file.path}:${value.line}`,
    seen: `${value.path} is the target of more than one change`,
    next: 'Give each change its own target',
  })
}

/** Also where one writes a part of what the other does: a variable that the first has made is there for the second. */
function isAtOnePlace(one: PlannedValue, other: PlannedValue): boolean {
  if (one.place.document !== other.place.document) return false
  const isWithin = (path: Path, outer: Path): boolean => outer.every((step, at) => path[at] === step)
  const areSplicesWithin = one.splices.some(({ path: a }) =>
    other.splices.some(({ path: b }) => isWithin(a, b) || isWithin(b, a)),
  )
  return one.path === other.path || areSplicesWithin
}
