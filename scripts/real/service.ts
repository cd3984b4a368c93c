import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** How to start a server. */
export interface ServiceOptions {
  readonly program: string
  readonly args: (port: number) => readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Whether it answers as it should; errors of the connection count as no. */
  readonly isReady: (url: string) => Promise<boolean>
}

/** A server on a free port of loopback, in a process group of its own. */
export interface Service extends AsyncDisposable {
  readonly url: string
  /** Empty at first; gone with the server. */
  readonly folder: string
}

/** Python and its modules, read from a cold disk beside other work. */
const START_LIMIT_MS = 120_000
const LOOK_MS = 50
const STOP_LIMIT_MS = 5_000
/** Between finding a free port and binding it, another process may take it. */
const TRIES = 3

/** Starts a server and waits until it answers. Throws, with what it printed, when it does not. */
export async function startService(options: ServiceOptions): Promise<Service> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToStart(options)
    } catch (error) {
      if (attempt === TRIES) throw error
    }
  }
}

async function tryToStart({ program, args, env, isReady }: ServiceOptions): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-service-'))
  const logFile = `${folder}.log`
  const log = openSync(logFile, 'w')
  const port = await freePort()
  const child = spawn(program, args(port), {
    cwd: folder,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const removeFiles = () => {
    for (const path of [folder, logFile]) rmSync(path, { recursive: true, force: true })
  }
  const endNow = () => {
    killGroup(child, 'SIGKILL')
    removeFiles()
  }
  process.once('exit', endNow)
  const close = async () => {
    await stop(child)
    process.off('exit', endNow)
    removeFiles()
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await untilReady(child, () => isReady(url))
  } catch (error) {
    const said = readFileSync(logFile, 'utf8').trimEnd()
    await close()
    throw new Error(`${program} ${args(port).join(' ')} did not come up. It said:\n${said}`, { cause: error })
  }
  return { url, folder, [Symbol.asyncDispose]: close }
}

async function untilReady(child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
  const failure: { error?: Error } = {}
  child.once('error', (error) => {
    failure.error = error
  })
  for (const since = Date.now(); Date.now() - since < START_LIMIT_MS; await delay(LOOK_MS)) {
    if (failure.error !== undefined) throw failure.error
    if (hasEnded(child)) throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`)
    if (await isReady().catch(() => false)) return
  }
  throw new Error(`it did not answer within ${START_LIMIT_MS / 1000} seconds`)
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** Servers have workers: the whole group goes, at first with a request and then by force. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  killGroup(child, 'SIGTERM')
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), STOP_LIMIT_MS)
  await ended
  clearTimeout(timer)
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended by itself.
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no TCP port is free')
  return address.port
}
