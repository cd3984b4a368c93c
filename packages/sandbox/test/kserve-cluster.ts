import { mkdir, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import type { PullImage } from '../src/kserve/index.ts'
import {
  type JsonObject,
  type KubeObject,
  type KubernetesState,
  RESOURCES,
  type ResourceType,
} from '../src/kubernetes/index.ts'

/** A model server of twenty lines: `/health` is ready after a moment, `/` answers its version, `/slow` takes its time. */
export const SERVER = `
import { createServer } from 'node:http'
import { readdirSync } from 'node:fs'
const version = process.env.VERSION
let asked = 0
if (version === 'crash') { console.error('ValueError: model was made by another version'); process.exit(3) }
if (version === 'oom') process.kill(process.pid, 'SIGKILL')
const files = () => { try { return readdirSync(process.env.MODEL_DIR, { recursive: true }).sort() } catch { return [] } }
const server = createServer((incoming, outgoing) => {
  if (incoming.url === '/health') { outgoing.statusCode = version === 'unready' ? 503 : 200; outgoing.end(); return }
  if (incoming.url === '/alive') { asked += 1; outgoing.statusCode = version === 'stuck' ? 500 : 200; outgoing.end(); return }
  if (incoming.url === '/asked') { outgoing.end(String(asked)); return }
  if (incoming.url === '/env') { outgoing.end(JSON.stringify(process.env)); return }
  if (incoming.url === '/files') { outgoing.end(JSON.stringify(files())); return }
  if (incoming.url === '/slow') { setTimeout(() => outgoing.end(version), 300); return }
  outgoing.end(version)
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('serving ' + version))
`

/** Images `registry.test/churn:<version>`; the tag `missing` is not there, `portless` names no port. */
export const pullImage: PullImage = async ({ reference, rootfs }) => {
  const version = reference.split(':').at(-1) ?? ''
  if (version === 'missing')
    throw new Error(`failed to resolve reference "${reference}": ${reference}: not found`)
  await mkdir(join(rootfs, 'app'), { recursive: true })
  await writeFile(join(rootfs, 'app', 'server.mjs'), SERVER)
  const told = version === 'portless' ? [] : ['PORT=8080']
  const digest = `sha256:${Buffer.from(version).toString('hex').padEnd(64, '0')}`
  return {
    reference,
    rootfs,
    digest,
    config: { Entrypoint: ['node', '/app/server.mjs'], Env: [`VERSION=${version}`, ...told] },
  }
}

export function inferenceService(version: string, extra: JsonObject = {}): JsonObject & { spec: JsonObject } {
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'churn', namespace: 'models' },
    spec: {
      predictor: {
        model: {
          modelFormat: { name: 'sklearn' },
          image: `registry.test/churn:${version}`,
          readinessProbe: { httpGet: { path: '/health', port: 8080 } },
          ...extra,
        },
      },
    },
  }
}

/** Resolves with the first value that the question finds, asked again at every change of the cluster. */
export function until<T>(state: KubernetesState, question: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const ask = (): boolean => {
      const found = question()
      if (found === undefined) return false
      unsubscribe()
      resolve(found)
      return true
    }
    const unsubscribe = state.store.subscribe(ask)
    ask()
  })
}

export function one(state: KubernetesState, type: ResourceType, name: string): KubeObject | undefined {
  return state.store.get({ type, namespace: 'models', name })
}

export function pods(state: KubernetesState): KubeObject[] {
  return state.store.list(RESOURCES.pods, 'models')
}

export function get(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { headers, agent: false }, async (incoming) => {
      let body = ''
      for await (const chunk of incoming) body += String(chunk)
      resolve({ status: incoming.statusCode ?? 0, body })
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}
