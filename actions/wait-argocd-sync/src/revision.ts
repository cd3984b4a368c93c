import { isCommit } from '@mlops-actions/argocd'
import { Expected } from '@mlops-actions/text'

export const COMMIT_WANTED =
  'a full commit id of 40 hex digits, as the output `commit-sha` of bump-kserve-image'

/**
 * A full commit id, `sha256:` and a digest, or the version of a chart as it is written: what has no digit is the name of a
 * branch or of a tag that moves, and names no revision.
 */
export function parseRevision(value: string): string {
  const isHash = /^sha256:[0-9a-f]{64}$/.test(value) || isCommit(value)
  const isVersion = /^(?=.*\d)[A-Za-z0-9_][\w.+-]{0,127}$/.test(value)
  if (isHash || (isVersion && !isShortCommit(value))) return value
  throw new Expected(
    `${COMMIT_WANTED}, or the version or digest of a chart or an artifact; a branch names what is newest, not what was pushed`,
  )
}

/** A short id would be a guess: only a full one names a commit for ever. */
function isShortCommit(value: string): boolean {
  return /^[0-9a-f]{7,63}$/.test(value) && /[a-f]/.test(value)
}
