import { Failure } from '@mlops-actions/diagnostics'
import type { GitHubClient } from './client.ts'

export type MoveOutcome =
  | { readonly status: 'accepted' }
  /** GitHub did not say what it did. */
  | { readonly status: 'unknown'; readonly seen: string }
  /** For whatever reason, another commit on the branch among them: read it again to know. */
  | { readonly status: 'refused'; readonly failure: Failure }

export interface Move {
  readonly repositoryId: string
  readonly branch: string
  /** Where the branch stands; undefined where it must not be there yet. */
  readonly from: string | undefined
  readonly to: string
}

const MUTATION = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }'
/** "A value of 0000… can be used to verify that the references should not exist" (GitHub's schema, `updateRefs`). */
const NOTHING = '0'.repeat(40)

/**
 * Moves a branch of our own to a commit, wherever that stands, or creates it; but only from where it was seen to be. That
 * makes the force that a new base asks for a compare-and-swap: nobody's commit is lost that was not looked at.
 */
export async function moveBranch(github: GitHubClient, on: string, move: Move): Promise<MoveOutcome> {
  const { repositoryId, branch, from = NOTHING, to } = move
  const update = { name: `refs/heads/${branch}`, beforeOid: from, afterOid: to, force: true }
  const input = { repositoryId, refUpdates: [update] }
  try {
    await github.graphql({ what: 'Cannot move the branch', on }, MUTATION, { input })
    return { status: 'accepted' }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { kind, details } = error
    if (kind === 'upstream' || kind === 'timeout') return { status: 'unknown', seen: details.seen }
    return { status: 'refused', failure: error }
  }
}
