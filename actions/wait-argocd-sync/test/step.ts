import { type Failure, toFailure } from '@mlops-actions/diagnostics'
import { type ActionResult, readContext } from '@mlops-actions/runner'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Inputs, inputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'

export interface Ended {
  readonly world: TestWorld
  readonly result: ActionResult | undefined
  readonly failure: Failure | undefined
  readonly outputs: Readonly<Record<string, unknown>>
  readonly summary: string
  /** Seconds of the test's clock. */
  readonly seconds: number
}

const DEFAULTS = {
  mode: 'wait',
  children: 'same-repository',
  'fail-fast': 'true',
  sync: 'never',
  'dry-run': 'false',
  auth: 'token',
  'oidc-exchange': 'dex',
  'dex-connector-id': 'github-actions',
  'argocd-namespace': 'argocd',
  refresh: 'true',
  branch: 'main',
  'on-superseded': 'accept',
  'on-blocked': 'fail',
  'deep-health': 'true',
  'include-pod-logs': 'false',
  'accept-suspended': 'false',
  'degraded-grace': '60s',
  'request-timeout': '30s',
  timeout: '15m',
  summary: 'true',
}

/** The inputs as the action reads them. */
export function read(given: Readonly<Record<string, string>>, mask: (secret: string) => void): Inputs {
  const all = new Map(Object.entries({ ...DEFAULTS, ...given }))
  return inputs.read((name) => all.get(name) ?? '', mask)
}

/**
 * Runs the action in this process on the clock of a world, which stands still until somebody sleeps. Where Argo CD is in
 * the middle of something the world needs a `pace`: each look gives it some real milliseconds.
 */
export async function step(
  given: Readonly<Record<string, string>>,
  world: TestWorld = testWorld(),
  env: Readonly<Record<string, string>> = {},
  idToken: (audience: string) => Promise<string> = () => Promise.reject(new Error('not asked for here')),
): Promise<Ended> {
  const started = world.now()
  const kept: Record<string, unknown> = {}
  const context = readContext({ GITHUB_WORKSPACE: import.meta.dirname, RUNNER_TEMP: '/tmp', ...env })
  const actionWorld = {
    ...world,
    context,
    output: (name: string, value: unknown) => {
      kept[name] = value
    },
    idToken,
  }
  const running = async () => run(read(given, world.mask), actionWorld)
  const ended = await running().then(
    (result) => ({ result, failure: undefined }),
    (thrown: unknown) => ({ result: undefined, failure: toFailure(thrown) }),
  )
  const { result, failure } = ended
  return {
    ...ended,
    world,
    outputs: { ...kept, ...(result?.outputs ?? failure?.details.outputs) },
    summary: result?.summary ?? failure?.details.summary ?? '',
    seconds: (world.now() - started) / 1_000,
  }
}
