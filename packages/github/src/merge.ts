import type { GitHubClient } from './client.ts'
import { parseMutated } from './pull-request.wire.ts'

export type MergeMethod = 'MERGE' | 'SQUASH' | 'REBASE'

export interface MergeOrder {
  /** Of GraphQL. */
  readonly id: string
  /** The head that it has to have still. */
  readonly head: string
  readonly method: MergeMethod
  /** What the commit says, where GitHub would make it say something else; undefined for GitHub's own words. */
  readonly message?: { readonly headline: string; readonly body: string } | undefined
}

/** Merges at once, and returns the SHA on the base branch. @throws Failure with what GitHub says against it */
export async function mergePullRequest(
  github: GitHubClient,
  on: string,
  order: MergeOrder,
): Promise<string | undefined> {
  const query = `mutation($input: MergePullRequestInput!) {
    mergePullRequest(input: $input) { pullRequest { mergeCommit { oid } } } }`
  const input = inputOf(order)
  const data = await github.graphql({ what: 'Cannot merge the pull request', on }, query, { input })
  return parseMutated(data, 'mergePullRequest').mergeCommit
}

/**
 * Lets GitHub merge as soon as the branch allows it, through the merge queue where it has one. What could be merged at once
 * it refuses: "Pull request is in clean status", or "unstable".
 * @throws Failure
 */
export async function enableAutoMerge(github: GitHubClient, on: string, order: MergeOrder): Promise<void> {
  const query = `mutation($input: EnablePullRequestAutoMergeInput!) {
    enablePullRequestAutoMerge(input: $input) { pullRequest { mergeCommit { oid } } } }`
  const input = inputOf(order)
  await github.graphql({ what: 'Cannot switch auto-merge on', on }, query, { input })
}

/** Puts what could be merged at once into the merge queue of its base. @throws Failure */
export async function enqueuePullRequest(
  github: GitHubClient,
  on: string,
  { id, head }: Pick<MergeOrder, 'id' | 'head'>,
): Promise<void> {
  const query = `mutation($input: EnqueuePullRequestInput!) {
    enqueuePullRequest(input: $input) { clientMutationId } }`
  const input = { pullRequestId: id, expectedHeadOid: head }
  await github.graphql({ what: 'Cannot queue the pull request', on }, query, { input })
}

/** Takes back that GitHub merges by itself. @throws Failure */
export async function disableAutoMerge(github: GitHubClient, on: string, id: string): Promise<void> {
  const query = `mutation($input: DisablePullRequestAutoMergeInput!) {
    disablePullRequestAutoMerge(input: $input) { clientMutationId } }`
  const input = { pullRequestId: id }
  await github.graphql({ what: 'Cannot switch auto-merge off', on }, query, { input })
}

function inputOf({ id, head, method, message }: MergeOrder) {
  const words = message === undefined ? {} : { commitHeadline: message.headline, commitBody: message.body }
  return { pullRequestId: id, expectedHeadOid: head, mergeMethod: method, ...words }
}
