import { mkdir } from 'node:fs/promises'
import type { PulledImage } from '../src/containers/index.ts'
import { type KfpOptions, type KfpServer, startKfp } from '../src/kfp/index.ts'
import { type Json, type JsonObject, listAt, objectAt, parseJson, textAt } from '../src/kfp/json.wire.ts'

export const IMAGE = 'registry.example/train:1'

/** A registry that holds `IMAGE` only, which has no files. */
export function oneImage(): KfpOptions['pullImage'] {
  return async ({ reference, rootfs }): Promise<PulledImage> => {
    if (reference !== IMAGE) throw new Error(`${reference}: not found`)
    await mkdir(rootfs, { recursive: true })
    return { reference, digest: `sha256:${'0'.repeat(64)}`, rootfs, config: {} }
  }
}

export interface Answer {
  readonly status: number
  readonly body: Json
}

const servers: KfpServer[] = []

export async function start(options: Partial<KfpOptions> = {}): Promise<KfpServer> {
  const server = await startKfp({ pullImage: oneImage(), pullBackOff: 20, ...options })
  servers.push(server)
  return server
}

export async function closeAll(): Promise<void> {
  for (const server of servers.splice(0)) await server.close()
}

export async function call(server: KfpServer, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: parseJson(await response.text()) }
}

export function v2(server: KfpServer, method: string, path: string, body?: unknown): Promise<Answer> {
  return call(server, method, `/apis/v2beta1${path}`, body)
}

/** What a person should read of an error: details[0].message. */
export function messageOf({ body }: Answer): string {
  return textAt(listAt(body, 'details')[0], 'message')
}

/** Resolves when nothing of any workflow runs any more. */
export async function settled({ state }: KfpServer): Promise<void> {
  await Promise.all(state.workflows.map((workflow) => workflow.done))
}

/** The Argo workflow behind a run, as v1beta1 gives it. */
export async function manifest(server: KfpServer, runId: string): Promise<JsonObject> {
  const { body } = await call(server, 'GET', `/apis/v1beta1/runs/${runId}`)
  const text = textAt(body, 'pipeline_runtime', 'workflow_manifest')
  return text === '' ? {} : objectAt(parseJson(text))
}

export async function nodeNamed(server: KfpServer, runId: string, displayName: string): Promise<JsonObject> {
  const nodes = Object.values(objectAt(await manifest(server, runId), 'status', 'nodes'))
  return objectAt(nodes.find((node) => textAt(node, 'displayName') === displayName))
}

/** Asks again until the answer fits; a condition instead of a sleep. */
export async function until<T>(ask: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask()
    if (fits(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** A pipeline of shell scripts: one container task per entry, each after those that it names. */
export function shellPipeline(
  tasks: Readonly<Record<string, { script: string; after?: string[]; image?: string; outputs?: JsonObject }>>,
  parameters: JsonObject = {},
): JsonObject {
  const names = Object.keys(tasks)
  return {
    pipelineInfo: { name: 'shell' },
    schemaVersion: '2.1.0',
    sdkVersion: 'kfp-2.14.3',
    components: Object.fromEntries(
      names.map((name) => [
        `comp-${name}`,
        {
          executorLabel: `exec-${name}`,
          inputDefinitions: { parameters },
          outputDefinitions: tasks[name]?.outputs ?? {},
        },
      ]),
    ),
    deploymentSpec: {
      executors: Object.fromEntries(
        names.map((name) => {
          const { script = '', image = IMAGE } = tasks[name] ?? {}
          return [`exec-${name}`, { container: { image, command: ['sh', '-ec'], args: [script] } }]
        }),
      ),
    },
    root: {
      inputDefinitions: { parameters },
      dag: {
        tasks: Object.fromEntries(
          names.map((name) => [
            name,
            {
              componentRef: { name: `comp-${name}` },
              dependentTasks: tasks[name]?.after ?? [],
              inputs: {
                parameters: Object.fromEntries(
                  Object.keys(parameters).map((key) => [key, { componentInputParameter: key }]),
                ),
              },
            },
          ]),
        ),
      },
    },
  }
}
