import { type Binding, bindPast, type Past, type PullProblem, readPast } from '@mlops-actions/dvc'
import { openCheckout } from '@mlops-actions/git'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { isAboutHistory } from './inputs.ts'
import type { openRepository } from './repository.ts'

/** What other commits name, and where it comes from. */
export interface BoundPast extends Omit<Past, 'outputs'> {
  readonly binding: Binding
}

/** Undefined where nobody asks for other commits. */
export async function readOtherCommits(
  inputs: Inputs,
  world: ActionWorld,
  { root, config }: Awaited<ReturnType<typeof openRepository>>,
  { outputs }: Binding,
): Promise<BoundPast | undefined> {
  if (!isAboutHistory(inputs)) return undefined
  const { allBranches: branches, allTags: tags, allCommits: commits, targets, withDeps, remote } = inputs
  const selection = { targets, withDeps, env: world.env, log: world.log }
  const past = await readPast(await openCheckout(world, root), { branches, tags, commits }, selection)
  for (const { commit, seen } of past.unreadable)
    world.log.warn(`What commit ${commit.slice(0, 7)} names cannot be read, and stays out: ${seen}`)
  return { ...past, binding: bindPast(past, config, remote, 'pull', outputs) }
}

/** Problems of this commit, which stop the step, and those of others, which nobody can put right. */
export function sortProblems(
  problems: readonly PullProblem[],
  past: BoundPast | undefined,
): { readonly ours: readonly PullProblem[]; readonly past: readonly PullProblem[] } {
  const sources = new Set(past?.binding.outputs.map(({ source }) => source))
  return {
    ours: problems.filter(({ source }) => !sources.has(source)),
    past: problems.filter(({ source }) => sources.has(source)),
  }
}
