import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, realClock } from '../kubernetes/clock.ts'
import { type FaultPlan, type RecordedRequest, serve } from '../server.ts'
import type { KfpAccess } from './access.ts'
import { type ArtifactStore, createMemoryArtifacts } from './artifacts.ts'
import type { KfpSettings } from './call.ts'
import type { KfpCluster, PullImage } from './cluster.ts'
import { createKfpHandler } from './handler.ts'
import { createKfpState, type KfpState } from './state.ts'

export { createMemoryArtifacts, createS3Artifacts } from './artifacts.ts'
export type { Workflow as KfpWorkflow } from './workflow.ts'

export interface KfpOptions {
  /** How a pod gets its image; what was never pushed must throw. */
  readonly pullImage: PullImage
  readonly state?: KfpState
  /** Where artifacts lie; default: in memory. `createS3Artifacts(s3.state)` puts them into the sandbox's S3. */
  readonly artifacts?: ArtifactStore
  /** Default `s3://mlpipeline/v2/artifacts`. */
  readonly pipelineRoot?: string
  readonly registryUrl?: string
  readonly registryAuth?: { readonly username: string; readonly password: string }
  /** Added to the environment of every container. */
  readonly env?: Readonly<Record<string, string>>
  readonly generation?: KfpSettings['generation']
  /** What healthz says; default 2.16.0, or 2.18.0 for the next generation. */
  readonly tag?: string
  readonly multiUser?: boolean
  /** Bearer tokens; with none everybody is let in. */
  readonly tokens?: readonly string[]
  readonly login?: KfpAccess['login']
  /** Milliseconds before the first repeated image pull; default 1000 (a kubelet waits 10 s). */
  readonly pullBackOff?: number
  readonly clock?: Clock
  readonly port?: number
}

export interface KfpServer {
  /** The API server; the UI server is at `url/pipeline`. */
  readonly url: string
  readonly state: KfpState
  readonly requests: readonly RecordedRequest[]
  readonly faults: FaultPlan
  /** Kills every container that still runs. */
  close(): Promise<void>
}

/** A Kubeflow Pipelines installation that really runs what is submitted, see docs/kfp.md. */
export async function startKfp(options: KfpOptions): Promise<KfpServer> {
  const state = options.state ?? createKfpState()
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-kfp-'))
  const server = await serve(
    createKfpHandler(createCluster(options, state, directory), readSettings(options), {
      tokens: options.tokens ?? [],
      login: options.login ?? 'oauth2-proxy',
    }),
    { port: options.port ?? 0 },
  )
  const close = async (): Promise<void> => {
    for (const workflow of state.workflows) workflow.stop.abort()
    await Promise.all(state.workflows.map((workflow) => workflow.done))
    await server.close()
    await rm(directory, { recursive: true, force: true })
  }
  return { ...server, state, close }
}

function createCluster(options: KfpOptions, state: KfpState, directory: string): KfpCluster {
  return {
    state,
    directory,
    clock: options.clock ?? realClock,
    pullImage: options.pullImage,
    artifacts: options.artifacts ?? createMemoryArtifacts(),
    registryUrl: options.registryUrl,
    registryAuth: options.registryAuth,
    env: options.env ?? {},
    pipelineRoot: options.pipelineRoot ?? 's3://mlpipeline/v2/artifacts',
    pullBackOff: options.pullBackOff ?? 1_000,
  }
}

function readSettings(options: KfpOptions): KfpSettings {
  const generation = options.generation ?? '2.16'
  const tag = options.tag ?? (generation === 'next' ? '2.18.0' : '2.16.0')
  return { generation, tag, multiUser: options.multiUser ?? false }
}
