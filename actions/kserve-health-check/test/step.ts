import { Failure } from '@mlops-actions/diagnostics'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { readContext } from '@mlops-actions/runner'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { inputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'
import { type ClusterScript, MODEL, NEW, startCluster, type TestCluster } from './cluster.ts'

export interface Scenario extends Partial<Omit<ClusterScript, 'now'>> {
  readonly scene: ClusterScript['scene']
  readonly env?: Record<string, string>
  /** Added to, and winning over, those that connect to the cluster; '' takes one away. */
  readonly inputs?:
    | Readonly<Record<string, string>>
    | ((cluster: TestCluster) => Readonly<Record<string, string>>)
}

export interface Ended {
  /** Undefined when it failed. */
  readonly result: ActionResult | undefined
  readonly failure: Failure | undefined
  readonly world: TestWorld
  readonly cluster: TestCluster
  /** Seconds of the test's clock. */
  readonly seconds: number
  readonly outputs: Readonly<Record<string, unknown>>
  readonly summary: string
}

export const REQUEST = '{"instances": [[1, 2], [3, 4]]}'

/** Runs the action in process on the fake clock, against servers on real sockets. */
export async function check(scenario: Scenario): Promise<Ended> {
  const world = testWorld({ env: scenario.env ?? {} })
  const cluster = await startCluster({ ...scenario, now: world.now })
  const started = world.now()
  const given: Record<string, string> = {
    name: 'churn',
    namespace: 'models',
    'expected-image': NEW,
    'expected-storage-uri': MODEL,
    'kubernetes-server': cluster.api.url,
    'kubernetes-token': 'canary-token',
    request: REQUEST,
    probes: '20',
    ...(typeof scenario.inputs === 'function' ? scenario.inputs(cluster) : scenario.inputs),
  }
  try {
    const read = inputs.read((name) => given[name] ?? '', world.mask)
    const outcome = await run(read, actionWorld(world)).then(
      (result) => ({ result, failure: undefined }),
      (thrown: unknown) => ({ result: undefined, failure: asFailure(thrown) }),
    )
    return {
      ...outcome,
      world,
      cluster,
      seconds: (world.now() - started) / 1_000,
      outputs: outcome.result?.outputs ?? outcome.failure?.details.outputs ?? {},
      summary: outcome.result?.summary ?? outcome.failure?.details.summary ?? '',
    }
  } finally {
    await cluster.close()
  }
}

function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  throw thrown
}

function actionWorld(world: TestWorld): ActionWorld {
  return {
    ...world,
    context: readContext({ GITHUB_WORKSPACE: import.meta.dirname, RUNNER_TEMP: import.meta.dirname }),
    output: () => {},
    idToken: () => Promise.reject(new Error('not asked for here')),
  }
}
