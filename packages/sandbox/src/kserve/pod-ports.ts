import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { ImageRunConfig } from '../containers/index.ts'
import { type Json, type JsonObject, listAt, numberAt, objectAt, textAt } from '../kubernetes/json.ts'
import { type ProbeKind, probeOf } from './probe.ts'

/** What KServe takes where a container names no port (constants.InferenceServiceDefaultHttpPort). */
const DEFAULT_PORT = 8080

/** Each port of a pod is some free port of this machine: where the pod has 8080, loopback has another number. */
export type PortMap = ReadonlyMap<number, number>

/** The port that KServe's Service sends to: the first containerPort. */
export function servingPort(container: JsonObject): number {
  return numberAt(listAt(container, 'ports')[0], 'containerPort') ?? DEFAULT_PORT
}

/** A probe's port by number or by the name of a containerPort; the kubelet fails on a name that is not there. */
export function probePort(container: JsonObject, kind: ProbeKind): number | undefined {
  const probe = probeOf(container, kind)
  const wanted: Json | undefined = objectAt(probe, 'httpGet')['port'] ?? objectAt(probe, 'tcpSocket')['port']
  if (typeof wanted !== 'string') return typeof wanted === 'number' ? wanted : undefined
  if (/^\d+$/.test(wanted)) return Number(wanted)
  return numberAt(
    listAt(container, 'ports').find((one) => textAt(one, 'name') === wanted),
    'containerPort',
  )
}

/** How a server is started, once with the pod's ports and once with those of this machine. */
export interface Words {
  readonly env: Readonly<Record<string, string>>
  readonly config: ImageRunConfig
  readonly command: readonly string[] | undefined
  readonly args: readonly string[] | undefined
}

/** Ports that the container and its server speak of. */
export function portsOf(container: JsonObject, words: Words): ReadonlySet<number> {
  const declared = listAt(container, 'ports').flatMap((one) => numberAt(one, 'containerPort') ?? [])
  const probed = (['readinessProbe', 'livenessProbe', 'startupProbe'] as const).flatMap(
    (kind) => probePort(container, kind) ?? [],
  )
  const listened = Object.entries(environmentOf(words)).flatMap(([name, value]) =>
    name === 'PORT' && isPort(value) ? [Number(value)] : [],
  )
  const flags = flagPorts([...wordsOf(words)])
  return new Set([servingPort(container), ...declared, ...probed, ...listened, ...flags])
}

/** Finds a free port of loopback for each. */
export async function allocatePorts(ports: ReadonlySet<number>): Promise<PortMap> {
  const found = new Map<number, number>()
  for (const port of ports) found.set(port, await freePort([...found.values()]))
  return found
}

/**
 * The same words with the ports of this machine, or undefined when no word tells the server where to listen: what it
 * takes by itself cannot be changed from outside.
 */
export function tellPorts(words: Words, ports: PortMap): Words | undefined {
  const env = Object.fromEntries(
    Object.entries(environmentOf(words)).flatMap(([name, value]) => {
      const mine = /(?:^|_)PORT$/.test(name) && isPort(value) ? ports.get(Number(value)) : undefined
      return mine === undefined ? [] : [[name, String(mine)]]
    }),
  )
  const told = Object.keys(env).length > 0 || flagPorts(wordsOf(words)).length > 0
  if (!told) return undefined
  const { Entrypoint, Cmd } = words.config
  const config = {
    ...words.config,
    ...(Entrypoint ? { Entrypoint: replaceFlags(Entrypoint, ports) } : {}),
    ...(Cmd ? { Cmd: replaceFlags(Cmd, ports) } : {}),
  }
  return {
    env: { ...words.env, ...env },
    config,
    command: words.command && replaceFlags(words.command, ports),
    args: words.args && replaceFlags(words.args, ports),
  }
}

function environmentOf({ env, config }: Words): Record<string, string> {
  const image = (config.Env ?? []).map((pair) => [
    pair.slice(0, pair.indexOf('=')),
    pair.slice(pair.indexOf('=') + 1),
  ])
  return { ...Object.fromEntries(image), ...env }
}

function wordsOf({ config, command, args }: Words): readonly string[] {
  if (command) return [...command, ...(args ?? [])]
  return [...(config.Entrypoint ?? []), ...(args ?? config.Cmd ?? [])]
}

const FLAG = /^--(?:http[_-])?port$/

/** The ports after `--port=`, `--http_port=` and `--port `. */
function flagPorts(words: readonly string[]): number[] {
  return words.flatMap((word, index) => {
    const [flag = '', value = words[index + 1] ?? ''] = word.split('=')
    return FLAG.test(flag) && isPort(value) ? [Number(value)] : []
  })
}

function replaceFlags(words: readonly string[], ports: PortMap): string[] {
  const mine = (value: string): string => String(ports.get(Number(value)) ?? value)
  return words.map((word, index) => {
    const [flag = '', value] = word.split('=')
    if (value !== undefined) return FLAG.test(flag) && isPort(value) ? `${flag}=${mine(value)}` : word
    return FLAG.test(words[index - 1] ?? '') && isPort(word) ? mine(word) : word
  })
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text)
}

/** Below those that the kernel gives to whoever asks for any port: one of these would be another's before the pod takes it. */
const POD_PORTS = { from: 20_000, to: 32_000 } as const

async function freePort(taken: readonly number[]): Promise<number> {
  for (let tries = 100; tries > 0; tries--) {
    const port = randomInt(POD_PORTS.from, POD_PORTS.to)
    if (!taken.includes(port) && (await isFree(port))) return port
  }
  throw new Error(`no free port of loopback between ${POD_PORTS.from} and ${POD_PORTS.to}`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
