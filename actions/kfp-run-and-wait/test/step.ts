import { type Failure, type JsonValue, toFailure } from '@mlops-actions/diagnostics'
import { type ActionResult, readContext } from '@mlops-actions/runner'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { inputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'

export interface Step {
  readonly world: TestWorld
  /** Outputs as a later step would see them, kept ones included. */
  readonly outputs: Readonly<Record<string, unknown>>
  readonly result: ActionResult | undefined
  readonly failure: Failure | undefined
  readonly summary: string
  readonly report: JsonValue | undefined
}

export interface StepOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly runId?: string
  /** Called when the step has set an output. */
  readonly onOutput?: (name: string, world: TestWorld) => void
}

/** Runs the action in this process on a clock that stands still until somebody sleeps. */
export async function step(
  workspace: string,
  given: Readonly<Record<string, string>>,
  { env = {}, runId = '42', onOutput }: StepOptions = {},
): Promise<Step> {
  const world = testWorld({ env, pace: 20 })
  const kept: Record<string, unknown> = {}
  const context = readContext({
    GITHUB_REPOSITORY: 'octo/churn',
    GITHUB_RUN_ID: runId,
    GITHUB_JOB: 'train',
    GITHUB_SHA: '4f2c9e1',
    GITHUB_WORKSPACE: workspace,
  })
  const actionWorld = {
    ...world,
    context,
    output: (name: string, value: unknown) => {
      kept[name] = value
      onOutput?.(name, world)
    },
    idToken: async () => 'token',
  }
  // The clock runs far ahead of the processes that the installation starts: only a test that means it runs out of time.
  const all = { 'pipeline-file': 'pipeline.yaml', timeout: '3650d', ...given }
  try {
    const typed = inputs.read(
      (name) => Object.entries(all).find(([key]) => key === name)?.[1] ?? '',
      world.mask,
    )
    const result = await run(typed, actionWorld)
    const outputs = { ...kept, ...result.outputs }
    return { world, outputs, result, failure: undefined, summary: result.summary, report: result.report }
  } catch (thrown) {
    const failure = toFailure(thrown)
    const { details } = failure
    return {
      world,
      outputs: { ...kept, ...details.outputs },
      result: undefined,
      failure,
      summary: details.summary ?? '',
      report: details.report,
    }
  }
}
