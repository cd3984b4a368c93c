import { Failure } from '@mlops-actions/diagnostics'
import { parseCreatedCommit } from './answers.wire.ts'
import type { GitHubClient, RepositoryName } from './client.ts'

export interface CommitDraft {
  /** The head that the branch has to have still. */
  readonly expectedHead: string
  /** First line of it becomes the headline. */
  readonly message: string
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[]
}

export type CommitOutcome =
  | { readonly status: 'accepted'; readonly commit: string }
  /** The branch has another head. */
  | { readonly status: 'moved'; readonly seen: string }
  /** GitHub did not say what it did. */
  | { readonly status: 'unknown'; readonly seen: string }
  | { readonly status: 'refused'; readonly failure: Failure }

const MUTATION =
  'mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }'

/**
 * Commits whole files on a branch, if its head is still the expected one; GitHub signs the commit for App
 * tokens. Files get mode 100644. An empty list of deletions is left out: null makes GitHub answer
 * "Something went wrong".
 */
export async function commitOnBranch(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  branch: string,
  { expectedHead, message, files }: CommitDraft,
): Promise<CommitOutcome> {
  const [headline = '', ...rest] = message.trim().split('\n')
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${name}`, branchName: branch },
    expectedHeadOid: expectedHead,
    message: { headline, body: rest.join('\n').trim() },
    fileChanges: {
      additions: files.map(({ path, bytes }) => ({ path, contents: bytes.toString('base64') })),
    },
  }
  const purpose = { what: 'Cannot make the commit', on: `${owner}/${name} ${branch}` }
  try {
    return {
      status: 'accepted',
      commit: parseCreatedCommit(await github.graphql(purpose, MUTATION, { input })),
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return outcomeOf(error)
  }
}

/** Only an answer that says no is a no. */
function outcomeOf(failure: Failure): CommitOutcome {
  const { seen } = failure.details
  if (failure.code === 'GH_STALE_DATA') return { status: 'moved', seen }
  if (failure.kind === 'upstream' || failure.kind === 'timeout') return { status: 'unknown', seen }
  return { status: 'refused', failure }
}
