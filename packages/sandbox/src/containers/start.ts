import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { errorCode } from './caught.ts'
import type { Container, ContainerExit, ContainerOptions } from './container.ts'
import { createLogTail } from './log-tail.ts'
import { createPathMap, mapArgument, mapEnvValue, type PathMap } from './paths.ts'

const DEFAULT_GRACE_MS = 5_000

interface Launch {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * Runs Entrypoint + Cmd of an unpacked image as a process of the host, in its own process group.
 *
 * Not a container: no isolation, no chroot, no user switch. Interpreters (python3, node, sh) are the host's.
 * Absolute container paths are mapped in arguments (`/x`, `--flag=/x`) and in values of the environment;
 * a path that stands inside the program's own code reaches the host as it is.
 */
export function startContainer(options: ContainerOptions): Container {
  const launch = planLaunch(options)
  const child = spawn(launch.command, launch.args, {
    cwd: launch.cwd,
    env: { ...launch.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const tail = createLogTail()
  const listen = (text: string, stream: 'stdout' | 'stderr'): void => {
    tail.append(text)
    options.onOutput?.(text, stream)
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => listen(text, 'stdout'))
  child.stderr.setEncoding('utf8').on('data', (text: string) => listen(text, 'stderr'))
  const exited = watchExit(child, launch.command, (text) => listen(text, 'stderr'))
  const stop = (): Promise<ContainerExit> => stopGroup(child, exited, options.graceMs ?? DEFAULT_GRACE_MS)
  stopOnAbort(options.signal, exited, stop)
  return { pid: child.pid ?? 0, logs: tail.text, exited, stop }
}

function stopOnAbort(
  signal: AbortSignal | undefined,
  exited: Promise<ContainerExit>,
  stop: () => Promise<ContainerExit>,
): void {
  if (!signal) return
  if (signal.aborted) {
    void stop()
    return
  }
  const onAbort = (): void => void stop()
  signal.addEventListener('abort', onAbort, { once: true })
  void exited.then(() => signal.removeEventListener('abort', onAbort))
}

function watchExit(
  child: ChildProcess,
  command: string,
  say: (text: string) => void,
): Promise<ContainerExit> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(`exec: ${command}: ${error.message}\n`)
      resolve({ code: 127, signal: null })
    })
    // The first process is PID 1 of its container: what it leaves behind dies with it.
    child.on('exit', () => signalGroup(child, 'SIGKILL'))
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
}

async function stopGroup(
  child: ChildProcess,
  exited: Promise<ContainerExit>,
  graceMs: number,
): Promise<ContainerExit> {
  if (child.exitCode !== null || child.signalCode !== null) return exited
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs)
  const exit = await exited
  clearTimeout(timer)
  return exit
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}

function planLaunch(options: ContainerOptions): Launch {
  const map = createPathMap(options.rootfs, options.mounts ?? {})
  const [program, ...rest] = commandLine(options)
  if (program === undefined) throw new Error('the image names no command: both Entrypoint and Cmd are empty')
  const cwd = join(options.rootfs, options.config.WorkingDir ?? '/')
  mkdirSync(cwd, { recursive: true })
  const command = resolveProgram(program, cwd, map)
  return {
    command,
    args: rest.map((argument) => mapArgument(argument, map)),
    cwd,
    env: planEnv(options, map),
  }
}

/** Kubernetes' table: `command` replaces both, `args` replaces Cmd (Define a Command and Arguments, kubernetes.io). */
function commandLine({ config, command, args }: ContainerOptions): readonly string[] {
  if (command) return [...command, ...(args ?? [])]
  return [...(config.Entrypoint ?? []), ...(args ?? config.Cmd ?? [])]
}

/** An interpreter path of the image (`/usr/local/bin/python3`) that is not among its files means the host's one. */
function resolveProgram(program: string, cwd: string, map: PathMap): string {
  if (program.startsWith('/')) {
    const mapped = map(program)
    return existsSync(mapped) ? mapped : onPath(program.slice(program.lastIndexOf('/') + 1))
  }
  return program.includes('/') ? join(cwd, program) : onPath(program)
}

function onPath(name: string): string {
  if (name === 'node') return process.execPath
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find(isExecutable)
  if (found) return found
  return name === 'python' ? onPath('python3') : name
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The image's PATH names directories of the image; interpreters come from the host, so the host's PATH stays. */
function planEnv({ rootfs, config, env }: ContainerOptions, map: PathMap): Record<string, string> {
  const image = (config.Env ?? []).map((pair): [string, string] => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  const merged: Record<string, string> = { ...Object.fromEntries(image), ...env }
  const mapped = Object.entries(merged).map(([name, value]): [string, string] => [
    name,
    mapEnvValue(value, map),
  ])
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`
  return { HOME: rootfs, LANG: 'C.UTF-8', PYTHONUNBUFFERED: '1', ...Object.fromEntries(mapped), PATH: path }
}
