import { createHash } from 'node:crypto'
import { parseTrailers, TRAILER } from './trailers.ts'

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

/**
 * Whether a commit of such a branch may be replaced: one that says by its trailers that it is ours, or the merge that
 * GitHub's button "Update branch" makes, which holds nothing of its own.
 */
export function isReplaceable({
  message,
  parents,
}: {
  readonly message: string
  readonly parents: number
}): boolean {
  return parents > 1 || parseTrailers(message).has(TRAILER.changeId)
}
