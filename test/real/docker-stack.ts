import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { runBundle, type StepResult } from '../harness/bundle.ts'
import { unpackDocker } from './docker-debian.ts'
import { type EcrOverRegistry, startEcrOver } from './docker-ecr.ts'
import { type Engine, type ImageStore, startEngine } from './docker-engine.ts'
import type { Step } from './docker-inputs.ts'
import { type RealRegistry, startRealRegistry } from './docker-registry.ts'

export type Prepared = AsyncDisposable & {
  readonly folder: string
  readonly root: string
  readonly registry: RealRegistry
  readonly ecr: EcrOverRegistry
  readonly engines: Readonly<Record<ImageStore, Engine>>
}

/** What steps push to, unless they say otherwise. */
export const REPOSITORY = 'ml/churn'

/** For a step that finds neither a docker nor a daemon. */
export const NO_DOCKER = { PATH: '/nowhere', DOCKER_HOST: 'unix:///nowhere', DOCKER_CONFIG: '/nowhere' }

/** Fulfilled when a step is to be cancelled, by what it has said until then. */
export type CancelWhen = (seen: () => string) => Promise<void>

/** As soon as it has said these words. */
export function whenSaid(words: string): CancelWhen {
  return async (seen) => {
    while (!seen().includes(words)) await delay(20)
  }
}

/** What a step has shown of itself, but for the lines that the runner takes its masks from. */
export function shownBy({ stdout, stderr, outputs, summary }: StepResult): readonly string[] {
  const said = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return [...said, stderr, JSON.stringify(outputs), summary]
}

/** Starts a registry, the ECR API over it, and an engine of each image store; all of it ends with what is returned. */
export async function startStack(): Promise<Prepared> {
  if (process.getuid?.() !== 0) throw new Error('a Docker daemon of its own wants root')
  const root = await unpackDocker()
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-docker-'))
  const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.reverse()) await stop()
  }
  try {
    const registry = await startRealRegistry(root, join(folder, 'registry'))
    stops.push(registry.stop)
    const ecr = await startEcrOver(registry)
    stops.push(ecr.close)
    addRepository(ecr.state.registry, REPOSITORY, Date.now())
    const start = async (store: ImageStore): Promise<Engine> => {
      const engine = await startEngine(root, join(folder, store), { store })
      stops.push(engine.stop)
      return engine
    }
    const engines = { graph: await start('graph'), containerd: await start('containerd') }
    return { folder, root, registry, ecr, engines, [Symbol.asyncDispose]: stopAll }
  } catch (error) {
    await stopAll()
    throw error
  }
}

/** Steps with variables of their own, on the store's engine or another one. */
export function stepIn(
  prepared: Prepared,
  store: ImageStore,
  workspace: string,
  engine = prepared.engines[store],
): Step {
  return (inputs, env = {}) => {
    const engines = { ...prepared.engines, [store]: { ...engine, env: { ...engine.env, ...env } } }
    return step({ ...prepared, engines }, store, workspace, inputs)
  }
}

/** What was built before is built again. */
export function builds(step: Step): Step {
  return (inputs, env) => step({ reuse: 'false', ...inputs }, env)
}

/** One step as a process. */
export async function step(
  { ecr, engines }: Pick<Prepared, 'ecr' | 'engines'>,
  store: ImageStore,
  workspace: string,
  inputs: Record<string, string>,
  cancelWhen?: CancelWhen,
): Promise<StepResult> {
  const [principal] = ecr.state.principals
  return runBundle('ecr-build-push', {
    workspace,
    inputs: { repository: REPOSITORY, ...inputs },
    env: {
      ...engines[store].env,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_ECR: ecr.url,
      AWS_ACCESS_KEY_ID: principal?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: principal?.secretAccessKey ?? '',
    },
    ...(cancelWhen === undefined ? {} : { cancelWhen }),
  })
}
