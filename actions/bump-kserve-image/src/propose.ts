import { Failure } from '@mlops-actions/diagnostics'
import {
  assertMerged,
  awaitMerge,
  type BumpResult,
  formatPullRequest,
  type GitHubPlace,
  type Landing,
  openGitHubBranch,
  openGitHubPlace,
  type Proposal,
  type Proposed,
  proposeChange,
  rehearseProposal,
  startMerge,
  withProposal,
} from '@mlops-actions/gitops'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { ancestryOf } from './ancestry.ts'
import type { Inputs } from './inputs.ts'
import { placeOf, planValidation } from './open-branch.ts'
import { planLanding } from './plan.ts'
import { reportProposal, reportRehearsal } from './pull-request-report.ts'
import { readPushedCommit } from './pushed-commit.wire.ts'
import { FIELD_TITLES } from './report.ts'

type Base = GitHubPlace['options']

/** Proposes the values by a pull request, and sees it merged where that is wanted. */
export async function proposeByPullRequest(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const { options: base, close } = openGitHubPlace(world, await placeOf(inputs, world))
  const validation = await planValidation(inputs, world)
  try {
    const reference = await readPushedCommit(world.context)
    const plan = planLanding(inputs, world, reference, await ancestryOf(inputs, world))
    const landing = { ...plan, check: validation?.run }
    const branch = openGitHubBranch(base)
    const proposal = proposalOf(inputs, world, landing)
    if (inputs.dryRun) return reportRehearsal(inputs, branch, await rehearseProposal(world, base, proposal))
    const proposed = await proposeChange(world, base, proposal)
    const mergeCommit = await seeMerged(inputs, world, base, landing, proposed)
    return reportProposal(inputs, branch, proposed, mergeCommit)
  } finally {
    close()
    await validation?.close()
  }
}

const isThere = ({ outcome }: BumpResult): boolean => outcome === 'already-there'

function proposalOf(
  { mode, branch, labels, reviewers, teamReviewers, pullRequestTitle, waitForMerge }: Inputs,
  { context }: ActionWorld,
  landing: Landing<BumpResult>,
): Proposal<BumpResult> {
  const { repository, serverUrl, sha, runUrl } = context
  const product = `${serverUrl}/${repository}`
  const links = [
    { text: 'The run that proposes it', url: runUrl },
    {
      text: `Commit ${sha.slice(0, 12)} of ${repository}`,
      url: sha === '' ? '' : `${product}/commit/${sha}`,
    },
  ]
  return {
    ...landing,
    isThere,
    // A rollback is newer than whatever was proposed while the bad version stood.
    givesWay: mode === 'bump',
    subject: ({ values }) => ({
      service: values[0]?.name ?? '',
      key: [product, branch, ...values.map(keyOf).sort()],
    }),
    waitsForMerge: waitForMerge > 0,
    wish: ({ values, diff }, message) => ({
      ...formatPullRequest({
        title: pullRequestTitle,
        message,
        values: values.map((value) => ({ ...value, name: `${value.target}: ${FIELD_TITLES[value.field]}` })),
        diff,
        links,
      }),
      labels,
      reviewers,
      teamReviewers,
    }),
  }
}

/** Which value it is, whatever it is set to. An image and a storage URI are known by their target: paths have places in lists. */
function keyOf({ file, target, field, path }: BumpResult['values'][number]): string {
  const isNamed = field === 'image' || field === 'storage-uri'
  return `${file} ${target} ${isNamed ? field : path}`
}

/** The commit on the base, where the pull request is merged by now or in the time that there is for it. */
async function seeMerged(
  { autoMerge, waitForMerge: timeout }: Inputs,
  world: ActionWorld,
  base: Base,
  landing: Landing<BumpResult>,
  { pullRequest, commit, message = '' }: Proposed<BumpResult>,
): Promise<string | undefined> {
  if (pullRequest === undefined) return undefined
  const { number, state } = pullRequest
  try {
    const method = MERGE_METHODS[autoMerge]
    const started =
      method === undefined
        ? undefined
        : await startMerge(world, base, number, { method, message, head: commit })
    if (started?.status !== 'merged' && state !== 'MERGED' && timeout === 0) return undefined
    const on = `${base.repository.owner}/${base.repository.name}#${number}`
    const isArmed = started !== undefined
    const merged =
      started?.status === 'merged'
        ? started.commit
        : await awaitMerge(world, base, number, { on, commit, isArmed, timeout })
    await assertMerged(world, base, { ...landing, isThere }, merged)
    return merged
  } catch (error) {
    throw error instanceof Failure ? withProposal(error, commit, pullRequest) : error
  }
}

const MERGE_METHODS = { off: undefined, merge: 'MERGE', squash: 'SQUASH', rebase: 'REBASE' } as const
