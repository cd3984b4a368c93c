import { Failure, type World, withDetails } from '@mlops-actions/diagnostics'
import {
  enableAutoMerge,
  enqueuePullRequest,
  type GitHubClient,
  type MergeMethod,
  type MergeOrder,
  mergePullRequest,
  type PullRequest,
  readPullRequest,
} from '@mlops-actions/github'
import type { GitHubBranchOptions } from '../branch/github-branch.ts'
import { patiently, pauseBeforeTry } from '../branch/patience.ts'

export interface MergeWish {
  readonly method: MergeMethod
  /** Of the commit that was proposed. A squash gets it word for word, so that its trailers are on the base. */
  readonly message: string
  /** The head that is meant. */
  readonly head: string
}

export type MergeStart =
  | { readonly status: 'merged'; readonly commit: string }
  /** GitHub merges it by itself when the base allows it. */
  | { readonly status: 'armed' }

const TRIES = 12

/**
 * Merges at once what the base lets be merged at once, since GitHub refuses auto-merge for that, and leaves the rest to
 * auto-merge or the queue. By what GitHub says of the pull request, never by trying: the token of an administrator would
 * merge past the checks and reviews that are missing.
 * @throws Failure of the rules, GITOPS_PR_CONFLICT and GITOPS_AUTO_MERGE_OFF
 */
export async function startMerge(
  world: World,
  { github, repository }: GitHubBranchOptions,
  number: number,
  wish: MergeWish,
): Promise<MergeStart> {
  const on = `${repository.owner}/${repository.name}#${number}`
  for (let attempt = 1; ; attempt += 1) {
    const pullRequest = await patiently(world, () => readPullRequest(github, repository, number))
    const { id, isAutoMerging, isQueued, mergeCommit, state } = pullRequest
    if (state === 'MERGED' && mergeCommit !== undefined) return { status: 'merged', commit: mergeCommit }
    if (isAutoMerging || isQueued) return { status: 'armed' }
    const order = { id, head: wish.head, method: wish.method, message: wordsOf(wish) }
    try {
      const started = await start(github, on, planMerge(on, pullRequest), order)
      if (started !== undefined) return started
    } catch (error) {
      if (!(error instanceof Failure) || attempt === TRIES || !mayPass(error)) throw explainMerge(error)
    }
    if (attempt === TRIES) throw undecided(on, pullRequest)
    await pauseBeforeTry(world, attempt, `${on} is ${pullRequest.mergeState.toLowerCase()}`)
  }
}

async function start(
  github: GitHubClient,
  on: string,
  plan: ReturnType<typeof planMerge>,
  order: MergeOrder,
): Promise<MergeStart | undefined> {
  if (plan === 'look') return undefined
  if (plan === 'merge') {
    const commit = await mergePullRequest(github, on, order)
    return commit === undefined ? undefined : { status: 'merged', commit }
  }
  await (plan === 'arm' ? enableAutoMerge : enqueuePullRequest)(github, on, order)
  return { status: 'armed' }
}

/** Pure: what GitHub would take now. @throws Failure for what no waiting makes mergeable */
export function planMerge(
  on: string,
  { mergeState, hasQueue, state }: Pick<PullRequest, 'mergeState' | 'hasQueue' | 'state'>,
): 'merge' | 'arm' | 'queue' | 'look' {
  if (state !== 'OPEN') return 'look'
  if (mergeState === 'DIRTY') throw conflicting(on)
  if (mergeState === 'UNKNOWN') return 'look'
  if (mergeState === 'BLOCKED' || mergeState === 'BEHIND' || mergeState === 'DRAFT') return 'arm'
  return hasQueue ? 'queue' : 'merge'
}

/** A merge commit keeps the proposed one as its second parent, and a rebase its message; only a squash makes new words. */
function wordsOf({ method, message }: MergeWish) {
  if (method !== 'SQUASH') return undefined
  const [headline = '', ...rest] = message.trim().split('\n')
  return { headline, body: rest.join('\n').trim() }
}

/** It became mergeable between the look and the request, or the base moved, or nobody knows: the next look tells. */
function mayPass({ kind, message }: Failure): boolean {
  if (kind === 'upstream' || kind === 'timeout') return true
  return /is in \w+ status|try the merge again|is not mergeable/i.test(message)
}

function explainMerge(error: unknown): unknown {
  if (!(error instanceof Failure) || !/auto.?merge is not allowed/i.test(error.message)) return error
  return withDetails(error, {
    kind: 'config',
    code: 'GITOPS_AUTO_MERGE_OFF',
    next: 'Allow auto-merge in the settings of the repository (General, Pull Requests), or leave `auto-merge` off',
  })
}

export function conflicting(on: string): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'GITOPS_PR_CONFLICT',
    what: 'Cannot merge the pull request',
    on,
    seen: 'it conflicts with what its base has by now',
    next: 'Run the job again: the change is made anew on the newest base',
    retryable: true,
  })
}

function undecided(on: string, { mergeState }: PullRequest): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'GITOPS_MERGE_UNDECIDED',
    what: 'Cannot merge the pull request',
    on,
    seen: `after ${TRIES} looks GitHub has neither merged it nor taken it for auto-merge (${mergeState})`,
    next: 'Run the job again, or merge it by hand',
  })
}
