import { isDeepStrictEqual } from 'node:util'
import { Failure } from '@mlops-actions/diagnostics'
import type { Splice } from '../change.ts'
import { type Manifest, openManifest } from '../read/manifest.ts'
import { usedAnchors } from '../read/node.ts'
import type { ParsedDocument } from '../read/parse.ts'
import { differingPaths, formatPath, withValue } from '../tree.ts'
import type { Edit } from './splice.ts'

/**
 * The manifest after a splice into one of its documents. That document is read again and compared: it must say what
 * it said before, with the edit made, and nothing else; the texts of the other documents must be what they were.
 * @throws Failure MANIFEST_EDIT_SPREADS when the edit would show elsewhere too, as below an anchor;
 * MANIFEST_EDIT_UNREADABLE when it does not read back
 */
export function spliceVerified(
  manifest: Manifest,
  document: ParsedDocument,
  edit: Edit,
  splice: Splice,
): Manifest {
  const { file, documents, parsed } = manifest
  const text = spliced(document.text, splice)
  const texts = documents.map((other) => (other.index === document.index ? text : other.text))
  const after = openManifest({ path: file.path, text: texts.join('') }, documents[0]?.firstLine, parsed)
  const isSplitAlike =
    after.documents.length === texts.length && after.documents.every((other, at) => other.text === texts[at])
  const now = isSplitAlike ? readAgain(after, document.index) : undefined
  if (now === undefined) throw unreadable(document, edit)
  const wanted = withValue(document.value, edit.path, edit.value)
  if (!isDeepStrictEqual(now.value, wanted)) throw spreads(document, edit, now.value, wanted)
  return after
}

export function spliced(text: string, splice: Splice): string {
  return text.slice(0, splice.start) + splice.text + text.slice(splice.end)
}

function readAgain(manifest: Manifest, index: number): ParsedDocument | undefined {
  const document = manifest.documents[index]
  try {
    return document && manifest.parse(document)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

function spreads(document: ParsedDocument, { path, value }: Edit, now: unknown, wanted: unknown): Failure {
  const own = formatPath(path)
  const others = differingPaths(now, wanted).map((other) => formatPath(other))
  if (others.every((other) => other === own)) return unreadable(document, { path, value })
  const anchors = usedAnchors(document, path)
  const by = anchors.length === 0 ? '' : ` (by the anchor ${anchors.join(' and ')})`
  return new Failure({
    kind: 'integrity',
    code: 'MANIFEST_EDIT_SPREADS',
    what: 'Cannot change this value alone',
    on: document.path,
    seen: `the edit of ${own} would also show at ${others.slice(0, 5).join(', ')}${by}`,
    next: 'Remove the anchor (&name), or write out the places that refer to it',
  })
}

function unreadable(document: ParsedDocument, { path, value }: Edit): Failure {
  const wish = value === undefined ? 'absent' : JSON.stringify(value)
  return new Failure({
    kind: 'integrity',
    code: 'MANIFEST_EDIT_UNREADABLE',
    what: 'Cannot write this value so that it reads back',
    on: document.path,
    seen: `${formatPath(path)} would not be ${wish}`,
    next: 'Write the value as plain or quoted text on one line, then run again',
  })
}
