import type { Change } from '../change.ts'
import type { Manifest } from '../read/manifest.ts'
import { looksLikeTemplate } from '../read/template.ts'
import { narrow } from './match.ts'
import { type Found, placesIn } from './places.ts'
import { ambiguous, notFound } from './unmatched.ts'

/**
 * The one place where the target's field stands. Documents that cannot hold it are not parsed.
 * @throws Failure MANIFEST_TARGET_NOT_FOUND | MANIFEST_TARGET_AMBIGUOUS, with every candidate's line
 */
export function selectPlace(manifest: Manifest, change: Change): Found {
  const near = narrow(candidates(manifest, change, change.target.name), change.target)
  const matches = near.length > 0 ? near : narrow(candidates(manifest, change), change.target)
  const [match] = matches
  if (match === undefined) throw notFound(manifest, change, candidates(manifest, change))
  if (matches.length > 1) throw ambiguous(manifest, change, matches)
  return match
}

/** The places of all documents, or of those in which a name can stand. */
function candidates(manifest: Manifest, change: Change, name?: string): Found[] {
  const isTemplate = looksLikeTemplate(manifest.file.text)
  return manifest.documents
    .filter(({ text }) => name === undefined || isTemplate || mayHold(text, name))
    .flatMap((document) => placesIn(manifest.parse(document), change))
}

/**
 * A name has no blanks, so it stands in the text as it is, and not in a longer one, unless quoted text spells it with
 * escapes.
 */
function mayHold(text: string, name: string): boolean {
  if (name === '' || text.includes('\\')) return true
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + name.length)
    if (!/[\w.-]/.test(around)) return true
  }
  return false
}
