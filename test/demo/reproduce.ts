import { git } from './product.ts'
import { runProduct } from './run.ts'
import { type Claim, claim } from './scene.ts'
import type { Stage } from './stage.ts'
import { say } from './terminal.ts'

/** The data of a commit in an empty workspace: brought by `dvc-pull`, and the bytes that its author has. */
export async function reproduce(
  stage: Stage,
  { commit, number }: { readonly commit: string; readonly number: number },
): Promise<{ readonly note: string; readonly claim: Claim }> {
  const { result } = await runProduct(stage, {
    workflow: 'reproduce.yml',
    event: 'workflow_dispatch',
    sha: commit,
    number,
    signal: stage.signal,
    onEvent: () => {},
  })
  stage.signal.throwIfAborted()
  const steps = result.jobs.flatMap((job) => job.steps)
  const outputsOf = (id: string) => steps.find((step) => step.id === id)?.outputs ?? {}
  const [pull, came] = [outputsOf('pull'), outputsOf('came')]
  const wanted = await git(stage.company.desk, 'hash-object', 'data/churn.csv')
  const isSame = came['hash'] === wanted
  const note = `in an empty workspace: dvc-pull ${isSame ? `brought the data of ${commit.slice(0, 7)}, ${pull['bytes']} bytes` : 'did NOT bring the data'}`
  say(stage.terminal, note, { indent: 5 })
  return {
    note,
    claim: claim('an empty workspace gets the data of its commit, byte for byte', isSame, {
      conclusion: result.conclusion,
      pull,
      came,
      wanted,
    }),
  }
}
