import { createHash } from 'node:crypto'
import { parseTrailers, TRAILER } from '../trailers/trailers.ts'

/** What a pull request is about; the same thing has the same one, whichever run proposes it. */
export interface ProposalSubject {
  /** For people, in the name of the branch. */
  readonly service: string
  /**
   * What tells it from every other: the product's repository, the branch, the file, the target, and which of its values.
   * The values themselves are not in it, so that a newer version is proposed in the same pull request.
   */
  readonly key: readonly string[]
}

/** `mlops/bump/churn/3f2a9c01d4`: of our own, so that nobody else's branch is ever moved. */
export function headBranchName({ service, key }: ProposalSubject): string {
  const hash = createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 10)
  const readable = service
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '')
  return `mlops/bump/${readable === '' ? 'service' : readable}/${hash}`
}

/** Whether a commit says by its trailers that this collection made it. */
export function isOurCommit({ message }: { readonly message: string }): boolean {
  return parseTrailers(message).has(TRAILER.changeId)
}
