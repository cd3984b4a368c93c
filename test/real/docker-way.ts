import type { IncomingMessage } from 'node:http'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { runBundle, type StepResult } from '../harness/bundle.ts'
import { startEcrOver } from './docker-ecr.ts'
import type { ImageStore } from './docker-engine.ts'
import type { RealManifest } from './docker-registry.ts'
import type { Prepared } from './docker-stack.ts'
import { type Answer, startProxy, type Watch } from './proxy.ts'

/** A step whose registry and ECR API are behind proxies. */
export interface WayStep {
  readonly workspace: string
  readonly inputs: Readonly<Record<string, string>>
  readonly cancelWhen?: () => Promise<void>
}

/** A repository of its own in the real registry, on a way that a check can disturb. */
export interface Way extends AsyncDisposable {
  /** The name of the repository. */
  readonly repository: string
  step(step: WayStep): Promise<StepResult>
  manifest(reference: string): Promise<RealManifest | undefined>
  /** Whether everything that the manifest under this tag names is in the registry. */
  isWhole(tag: string): Promise<boolean>
  /** Every tag of the repository. */
  tags(): Promise<readonly string[]>
}

/** What a check does with requests to the registry and to the ECR API. */
export interface Disturbance {
  readonly registry?: Watch
  readonly api?: Watch
  readonly tagMutability?: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION'
  readonly exclusionFilters?: readonly string[]
}

let ways = 0

export async function openWay(
  { registry, engines }: Prepared,
  store: ImageStore,
  { registry: onRegistry, api: onApi, tagMutability = 'MUTABLE', exclusionFilters = [] }: Disturbance,
): Promise<Way> {
  const repository = `ml/way-${++ways}`
  const base = `http://${registry.host}/v2/${repository}`
  const authorization = { authorization: `Basic ${registry.auth}` }
  const toRegistry = await startProxy(`http://${registry.host}`, onRegistry ?? (() => undefined))
  const ecr = await startEcrOver({ ...registry, host: new URL(toRegistry.url).host })
  const toApi = await startProxy(ecr.url, onApi ?? (() => undefined))
  addRepository(ecr.state.registry, repository, Date.now(), { tagMutability, exclusionFilters })
  const manifest = (reference: string) => registry.manifest(repository, reference)
  return {
    repository,
    manifest,
    step: ({ workspace, inputs, cancelWhen }) => {
      const [principal] = ecr.state.principals
      return runBundle('ecr-build-push', {
        workspace,
        // Whoever waits for another one waits for ever where that has failed.
        inputs: { repository, reuse: 'false', timeout: '2m', ...inputs },
        env: {
          ...engines[store].env,
          AWS_REGION: 'us-east-1',
          AWS_ENDPOINT_URL_ECR: toApi.url,
          AWS_ACCESS_KEY_ID: principal?.accessKeyId ?? '',
          AWS_SECRET_ACCESS_KEY: principal?.secretAccessKey ?? '',
        },
        ...(cancelWhen === undefined ? {} : { cancelWhen }),
      })
    },
    isWhole: async (tag) => {
      const found = await manifest(tag)
      const { config, layers } = JSON.parse(String(found?.bytes ?? '{}')) as {
        config?: { digest: string }
        layers?: readonly { digest: string }[]
      }
      if (config === undefined || layers === undefined) return false
      const heads = [config, ...layers].map(({ digest }) =>
        fetch(`${base}/blobs/${digest}`, { method: 'HEAD', headers: authorization }),
      )
      return (await Promise.all(heads)).every(({ ok }) => ok)
    },
    tags: async () => {
      const { tags } = (await (await fetch(`${base}/tags/list`, { headers: authorization })).json()) as {
        tags?: readonly string[] | null
      }
      return (tags ?? []).toSorted()
    },
    [Symbol.asyncDispose]: async () => {
      await toApi[Symbol.asyncDispose]()
      await ecr.close()
      await toRegistry[Symbol.asyncDispose]()
    },
  }
}

/** The tag or digest whose manifest is put, or undefined for any other request. */
export function putReference({ method, url = '' }: IncomingMessage): string | undefined {
  return method === 'PUT' ? /\/manifests\/([^/?]+)$/.exec(url)?.[1] : undefined
}

/** As the distribution protocol has it. */
export function registryError(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ errors: [{ code, message }] }),
  }
}
