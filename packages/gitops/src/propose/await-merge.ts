import { Failure, type World } from '@mlops-actions/diagnostics'
import { type PullRequest, readPullRequest } from '@mlops-actions/github'
import { done, failed, pending, type Verdict, waitFor } from '@mlops-actions/wait'
import type { GitHubBranchOptions } from '../branch/github-branch.ts'
import { conflicting } from './start-merge.ts'

export interface AwaitedMerge {
  /** `acme/gitops#12` */
  readonly on: string
  /** The commit that was proposed. */
  readonly commit: string
  /** Whether GitHub was told to merge it by itself. */
  readonly isArmed: boolean
}

/** In the moment in which the queue or auto-merge merges it, it is neither waiting nor merged. */
const LOOKS_BETWEEN = 3

/**
 * Waits until the pull request is merged, by whomever, and returns the commit on the base.
 * @param timeout milliseconds
 * @throws Failure for each way in which it cannot come to that any more; WAIT_TIMEOUT
 */
export async function awaitMerge(
  world: World,
  { github, repository }: GitHubBranchOptions,
  number: number,
  { timeout, ...awaited }: AwaitedMerge & { readonly timeout: number },
): Promise<string> {
  let looks = 0
  const { value } = await waitFor(world, {
    what: `the merge of ${awaited.on}`,
    on: awaited.on,
    observe: () => readPullRequest(github, repository, number),
    evaluate: (pullRequest) => {
      const verdict = evaluateMerge(pullRequest, awaited)
      looks = verdict.status === 'failed' && verdict.failure.code === 'GITOPS_DISARMED' ? looks + 1 : 0
      return looks > 0 && looks < LOOKS_BETWEEN ? pending('GitHub is about to merge it') : verdict
    },
    interval: (waited) => Math.min(30_000, 3_000 + waited / 10),
    timeout,
    next: 'Merge it, or give the merge more time with `wait-for-merge`; running the job again finds the same pull request',
  })
  return value
}

/** Pure. Done with the commit on the base. */
export function evaluateMerge(
  pullRequest: PullRequest,
  { on, commit, isArmed }: AwaitedMerge,
): Verdict<string> {
  const { state, mergeCommit, commits, mergeState, isQueued, isAutoMerging, checks } = pullRequest
  if (state === 'MERGED') return mergeCommit === undefined ? pending('it is being merged') : done(mergeCommit)
  if (state === 'CLOSED') return failed(stopped(on, 'GITOPS_PR_CLOSED', 'it was closed without being merged'))
  if (!commits.includes(commit))
    return failed(stopped(on, 'GITOPS_SUPERSEDED', 'another commit has taken the place of the proposed one'))
  if (isQueued) return pending('it is in the merge queue')
  if (mergeState === 'DIRTY') return failed(conflicting(on))
  const broken = checks.filter(({ isRequired, outcome }) => isRequired && outcome === 'failed')
  if (broken.length > 0) return failed(brokenChecks(on, broken))
  if (isArmed && !isAutoMerging)
    return failed(
      stopped(
        on,
        'GITOPS_DISARMED',
        'auto-merge was switched off, or the merge queue has put the pull request out',
      ),
    )
  return pending(reasonOf(pullRequest))
}

function reasonOf({ checks, mergeState }: PullRequest): string {
  const open = checks.filter(({ isRequired, outcome }) => isRequired && outcome === 'pending')
  if (open.length > 0) return `the check ${open.map(({ name }) => name).join(', ')} has not ended`
  if (mergeState === 'BLOCKED') return 'the base asks for a review or a check that is not there yet'
  return 'nobody has merged it yet'
}

function stopped(on: string, code: string, seen: string): Failure {
  return new Failure({
    kind: 'conflict',
    code,
    what: 'The pull request will not be merged',
    on,
    seen,
    next: 'Look at the pull request for who did it and why; running the job again proposes the change anew',
    retryable: false,
  })
}

function brokenChecks(on: string, broken: PullRequest['checks']): Failure {
  return new Failure({
    kind: 'policy',
    code: 'GITOPS_REQUIRED_CHECK_FAILED',
    what: 'The pull request cannot be merged',
    on,
    seen: `the base asks for ${broken.map(({ name }) => name).join(', ')}, which failed`,
    next: 'Look at the log of that check',
  })
}
