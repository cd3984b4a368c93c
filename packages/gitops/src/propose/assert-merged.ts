import { Failure, type World } from '@mlops-actions/diagnostics'
import { decideOn } from '../branch/further-back.ts'
import { type GitHubBranchOptions, readCommitState } from '../branch/github-branch.ts'
import { patiently } from '../branch/patience.ts'
import type { Proposal } from './look-at-proposal.ts'

/**
 * That a merged commit has what was proposed: whoever merged it may have changed it on the way, and a queue merges it
 * together with others.
 * @throws Failure GITOPS_MERGED_OTHERWISE
 */
export async function assertMerged<Result>(
  world: World,
  base: GitHubBranchOptions,
  {
    paths,
    mayBeMissing = false,
    decide,
    isThere,
  }: Pick<Proposal<Result>, 'paths' | 'mayBeMissing' | 'decide' | 'isThere'>,
  commit: string,
): Promise<void> {
  const read = (history?: number) =>
    patiently(world, () => readCommitState(base, commit, paths, { mayBeMissing, history }))
  const { draft, result } = await decideOn(world, await read(), (state) => decide(state, undefined), read)
  if (draft === undefined && isThere(result)) return
  throw new Failure({
    kind: 'conflict',
    code: 'GITOPS_MERGED_OTHERWISE',
    what: 'The pull request was merged with other values',
    on: `${base.repository.owner}/${base.repository.name} ${commit.slice(0, 12)}`,
    seen: 'the merged commit does not have what was proposed',
    next: 'Look at who changed it before the merge; run the job again to propose it anew',
    retryable: false,
  })
}
