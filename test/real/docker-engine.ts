import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runCommand, runOrThrow } from '../../scripts/command.ts'

/** Where images are kept: `graph` as Docker 28 does by default, `containerd` as Docker 29 does. */
export type ImageStore = 'graph' | 'containerd'

export interface Engine {
  /** For a process that is to use this daemon, and no other. */
  readonly env: { readonly PATH: string; readonly DOCKER_HOST: string; readonly DOCKER_CONFIG: string }
  stop(): Promise<void>
}

const PATIENCE_MS = 30_000
const LOOK_MS = 50

export interface EngineSettings {
  readonly store: ImageStore
  /** In a network of its own, as in a virtual machine: its socket is here, and its 127.0.0.1 is not ours. */
  readonly elsewhere?: boolean
  /** With a network for containers: a bridge of its own, gone with it. */
  readonly bridge?: boolean
}

/**
 * Starts a Docker daemon of our own: its socket, its data and its process id are below `folder`; it has no bridge and
 * touches no firewall. Wants root. Throws with the daemon's log when it does not come up.
 */
export async function startEngine(root: string, folder: string, settings: EngineSettings): Promise<Engine> {
  mkdirSync(join(folder, 'config/cli-plugins'), { recursive: true })
  symlinkSync(
    join(root, 'usr/libexec/docker/cli-plugins/docker-buildx'),
    join(folder, 'config/cli-plugins/docker-buildx'),
  )
  const env = {
    PATH: [join(root, 'usr/sbin'), join(root, 'usr/bin'), process.env['PATH']].join(':'),
    DOCKER_HOST: `unix://${join(folder, 'docker.sock')}`,
    DOCKER_CONFIG: join(folder, 'config'),
  }
  const log = join(folder, 'dockerd.log')
  const bridge = settings.bridge === true ? await addBridge() : undefined
  const daemon = startDaemon(root, folder, settings, { env, log, bridge: bridge?.name ?? 'none' })
  const stop = async (): Promise<void> => {
    await end(daemon)
    await leaveNetworks(join(folder, 'exec/netns'))
    await bridge?.remove()
  }
  try {
    await until(() => answers(env), daemon)
  } catch {
    await stop()
    throw new Error(`dockerd did not come up:\n${readFileSync(log, 'utf8').slice(-4_000)}`)
  }
  return { env, stop }
}

/** The daemon holds the network of the machine by a mount, once a container has had it, and leaves that behind. */
async function leaveNetworks(folder: string): Promise<void> {
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    await runCommand('umount', [join(folder, name)], { cwd: '/' })
}

function startDaemon(
  root: string,
  folder: string,
  { store, elsewhere = false }: EngineSettings,
  { env, log, bridge }: { env: Engine['env']; log: string; bridge: string },
): ChildProcess {
  const file = join(folder, 'daemon.json')
  writeFileSync(file, JSON.stringify({ features: { 'containerd-snapshotter': store === 'containerd' } }))
  const output = openSync(log, 'a')
  const [program = '', ...first] = [
    ...(elsewhere ? ['unshare', '--net'] : []),
    join(root, 'usr/sbin/dockerd'),
  ]
  return spawn(
    program,
    [
      ...first,
      `--config-file=${file}`,
      '--iptables=false',
      '--ip6tables=false',
      '--ip-forward=false',
      '--ip-masq=false',
      `--bridge=${bridge}`,
      `--data-root=${join(folder, 'data')}`,
      `--exec-root=${join(folder, 'exec')}`,
      `--pidfile=${join(folder, 'docker.pid')}`,
      `--host=${env.DOCKER_HOST}`,
    ],
    { env: { ...process.env, ...env }, stdio: ['ignore', output, output] },
  )
}

let bridges = 0

/** Addresses are of the range for benchmarks (RFC 2544), which no network of a machine has; nothing is routed there. */
async function addBridge(): Promise<{ readonly name: string; remove(): Promise<void> }> {
  const number = process.pid + bridges++
  const name = `mlops${number}`.slice(0, 15)
  const run = (args: readonly string[]) => runOrThrow('ip', args, '/')
  await run(['link', 'add', 'name', name, 'type', 'bridge'])
  await run(['address', 'add', `198.18.${number % 256}.1/24`, 'dev', name])
  await run(['link', 'set', name, 'up'])
  return {
    name,
    remove: async () => {
      await run(['link', 'delete', name])
    },
  }
}

async function answers(env: Engine['env']): Promise<boolean> {
  if (!existsSync(env.DOCKER_HOST.slice('unix://'.length))) return false
  const { code } = await runCommand('docker', ['version'], { cwd: '/', env: { ...env } })
  return code === 0
}

/** Throws when the child has ended, or when nothing holds after a while. */
export async function until(holds: () => Promise<boolean> | boolean, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended')
    if (await holds()) return
    await delay(LOOK_MS)
  }
  throw new Error(`nothing came of it within ${PATIENCE_MS / 1000} s`)
}

/** TERM to this one process, KILL if it does not heed it. dockerd ends the containerd that it has started. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await ended
  clearTimeout(timer)
}
