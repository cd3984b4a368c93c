import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import { killAtExit } from './exit.ts'
import { asCancelled } from './explain.ts'
import { endGroup } from './group.ts'
import { createLineSplitter } from './lines.ts'
import { findProgram, programName } from './program.ts'
import { explainTooLong } from './too-long.ts'

export type OutputName = 'stdout' | 'stderr'

/** A child that must not outlive us: a build, a transfer, a server. */
export interface TreeCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string | undefined
  /** The whole environment of the child; see `childEnv`. */
  readonly env: Readonly<Record<string, string>>
  /** Goes to its standard input, which is closed in any case: the way for secrets, which never go into `args`. */
  readonly input?: string | Buffer | undefined
  /** Open files that the child has too, as its descriptors 3, 4, …; its own children inherit them. */
  readonly files?: readonly number[] | undefined
  /** Every line as it comes, sanitized. */
  readonly onLine?: (line: string, output: OutputName) => void
  /** Bytes as they come, unchanged; not for logs. */
  readonly onData?: (chunk: Buffer, output: OutputName) => void
  /** First part of a failure to start it. */
  readonly what: string
  /** Milliseconds between TERM and KILL. Default 3 s: the runner's patience ends after 7.5 s. */
  readonly grace?: number | undefined
}

/** How a child ended: with a code, or by a signal. */
export interface TreeExit {
  readonly exitCode: number | undefined
  readonly signal: NodeJS.Signals | undefined
}

export interface Tree {
  readonly pid: number
  /** Resolves when the child and everything of its group has ended and all output was handed on. Never rejects. */
  readonly exited: Promise<TreeExit>
  /** TERM to the whole group, KILL after the grace; resolves as `exited` does. */
  stop(): Promise<TreeExit>
}

/**
 * Starts a child in its own process group. It is stopped when the world's signal aborts, killed when this process
 * exits, and what it leaves behind in its group when it ends is ended too.
 * @throws Failure `config` where the program or the folder is missing, `cancelled` where the step already is
 */
export async function startTree(world: World, command: TreeCommand): Promise<Tree> {
  const file = findProgram(command)
  if (world.signal.aborted) throw asCancelled(world.signal.reason)
  const child = await launch(file, command)
  const pid = child.pid ?? 0
  const grace = command.grace ?? 3_000
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopping ??= endGroup(pid, grace)
    return stopping
  }
  const onAbort = (): void => void stop()
  world.signal.addEventListener('abort', onAbort, { once: true })
  const release = killAtExit(pid)
  if (world.signal.aborted) onAbort()
  // What the leader leaves behind holds its pipes open, so the group is ended before the output is waited for.
  child.once('exit', onAbort)
  const exited = settle(child, () => stop()).finally(() => {
    world.signal.removeEventListener('abort', onAbort)
    release()
  })
  return {
    pid,
    exited,
    stop: async () => {
      await stop()
      return exited
    },
  }
}

async function launch(file: string, command: TreeCommand): Promise<ChildProcess> {
  try {
    const child = spawn(file, command.args, {
      cwd: command.cwd,
      env: command.env,
      detached: process.platform !== 'win32',
      stdio: ['pipe', 'pipe', 'pipe', ...(command.files ?? [])],
      windowsHide: true,
    })
    listen(child, command)
    await once(child, 'spawn')
    // A child that does not read its input closes the pipe, which is its right.
    child.stdin?.on('error', () => {})
    child.stdin?.end(command.input)
    return child
  } catch (error) {
    if (isTooLong(error)) throw explainTooLong(command, programName(command.file), error)
    throw new Failure({
      kind: 'config',
      code: 'PROGRAM_NOT_STARTED',
      what: command.what,
      on: programName(command.file),
      seen: `it could not be started: ${messageOf(error)}`,
      next: 'Check that the working directory exists and that the program may be run',
      cause: error,
    })
  }
}

function isTooLong(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'E2BIG'
}

function listen(child: ChildProcess, { onLine, onData }: TreeCommand): void {
  for (const output of ['stdout', 'stderr'] as const) {
    const lines = onLine && createLineSplitter((line) => onLine(line, output))
    const stream = child[output]
    stream?.on('data', (chunk: Buffer) => {
      onData?.(chunk, output)
      lines?.push(chunk)
    })
    stream?.on('end', () => lines?.end())
  }
}

/** `close` comes after `exit` and the end of all output. */
async function settle(child: ChildProcess, stop: () => Promise<void>): Promise<TreeExit> {
  const exit = await new Promise<TreeExit>((resolve) => {
    child.once('close', (code, signal) =>
      resolve({ exitCode: code ?? undefined, signal: signal ?? undefined }),
    )
  })
  await stop()
  return exit
}
