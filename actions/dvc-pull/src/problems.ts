import type { BoundPast, PullProblem } from '@mlops-actions/dvc'

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
