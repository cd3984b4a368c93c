import { type Failure, type OutputValue, toFailure } from '@mlops-actions/diagnostics'
import { type Action, type ActionWorld, readContext } from '@mlops-actions/runner'
import { assertDeclared, inputsOf, jobVariables } from './action-file.ts'
import { askIdToken } from './id-token.ts'
import { type TestWorld, testWorld } from './world.ts'

export interface StepOptions {
  /** As in a workflow's `with:`; the defaults of action.yml are added, as the runner does. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The whole environment of the step, but for what the runner says of the job. */
  readonly env?: Readonly<Record<string, string>>
  readonly workspace: string
  /** A folder that the test removes. */
  readonly temp: string
}

export interface EndedStep {
  /** Undefined where it succeeded. */
  readonly failure: Failure | undefined
  /** As a later step reads them, those that every action has included; nothing is cut. */
  readonly outputs: Readonly<Record<string, string>>
  /** What the action itself wrote: none where it leaves its failure to the runner. */
  readonly summary: string
  /** The lines of the log, as they are before secrets are taken out. */
  readonly log: string
  readonly world: TestWorld
}

/**
 * Runs an action in this process, on a clock that stands still until somebody sleeps, against servers on real sockets; its
 * children are real ones. What the runner adds (masks, annotations, files, signals, exit status) is for `runBundle`.
 * However the step ends, an output that its action.yml does not declare fails the test.
 */
export async function runStep<Inputs extends object>(
  action: Action<Inputs>,
  options: StepOptions,
): Promise<EndedStep> {
  const env = { ...jobVariables(options.workspace, options.temp), ...options.env }
  // Signatures are dated by the real clock, and may be fifteen minutes off.
  const world = testWorld({ env, start: Date.now() })
  const kept: Record<string, OutputValue> = {}
  const given = new Map(Object.entries(await inputsOf(action.name, options.inputs ?? {})))
  const actionWorld: ActionWorld = {
    ...world,
    context: readContext(env),
    output: (name, value) => {
      kept[name] = value
    },
    idToken: (audience) =>
      askIdToken(
        {
          url: env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '',
          token: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '',
        },
        audience,
      ),
  }
  const ended = await inEnvironment(env, async () => {
    const inputs = action.inputs.read((name) => given.get(name) ?? '', world.mask, [...given.keys()])
    return action.run(inputs, actionWorld)
  }).then(
    ({ outputs, report, lineage, summary }) => ({
      failure: undefined,
      outputs: { ...outputs, report, lineage },
      summary,
    }),
    (thrown: unknown) => endedBy(toFailure(thrown)),
  )
  const outputs = asTexts({ ...kept, ...ended.outputs })
  await assertDeclared(action.name, outputs)
  return { ...ended, outputs, log: world.lines.join('\n'), world }
}

function endedBy(failure: Failure) {
  const { kind, retryable, details } = failure
  const outputs = { ...details.outputs, report: details.report, 'failure-kind': kind, retryable }
  return { failure, outputs, summary: details.summary ?? '' }
}

/** The AWS SDK looks for its endpoints and credentials in the environment of the process, so steps run one by one. */
async function inEnvironment<T>(env: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const before = process.env
  process.env = { ...env }
  try {
    return await work()
  } finally {
    process.env = before
  }
}

function asTexts(outputs: Readonly<Record<string, OutputValue | undefined>>): Record<string, string> {
  const given = Object.entries(outputs).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}
