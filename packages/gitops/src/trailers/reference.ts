import { quietJson, quietText } from './quiet-text.ts'
import { TRAILER, type TrailerLine } from './trailers.ts'

/** The commit of the product that is deployed, as far as anybody knows it. */
export interface ReferenceCommit {
  readonly sha: string
  readonly repositoryUrl: string
  /** `Name <email>` of its author, or else of who started the run. */
  readonly author: string
  readonly message?: string | undefined
  /** RFC 3339, of the author. */
  readonly date?: string | undefined
}

/** What of a long message is worth carrying along. */
const LONGEST_BODY = 2_000

/**
 * The commit that Argo CD shows beside the revision that deploys it (docs/user-guide/source-hydrator.md, Argo CD >= 3.1):
 * the body as a JSON string, everything on one line. `Fixes #12`, `@ann` and `[skip ci]` speak of the product: in a message of
 * the GitOps repository GitHub would close its issue 12, call Ann, and run no checks.
 */
export function referenceTrailers({
  sha,
  repositoryUrl,
  author,
  message = '',
  date = '',
}: ReferenceCommit): TrailerLine[] {
  const [subject = '', ...rest] = message.replaceAll('\r\n', '\n').trim().split('\n')
  const body = rest.join('\n').trim()
  return [
    [TRAILER.referenceAuthor, quietText(author)],
    [TRAILER.referenceSha, sha],
    [TRAILER.referenceSubject, quietText(subject)],
    [TRAILER.referenceBody, body === '' ? '' : quietJson(JSON.stringify(shortened(body)))],
    [TRAILER.referenceRepository, repositoryUrl],
    [TRAILER.referenceDate, date],
  ]
}

/** By whole characters: half a surrogate pair is no text. */
function shortened(body: string): string {
  return body.length <= LONGEST_BODY ? body : `${[...body].slice(0, LONGEST_BODY).join('')}…`
}
