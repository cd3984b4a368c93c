import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { createLineSplitter } from './line-splitter.ts'

export interface ChildRequest {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly timing: { readonly interrupt: number; readonly terminate: number; readonly drain: number }
  /** One line of standard output or error. */
  readonly onLine: (line: string) => void
}

/**
 * Runs one process of a step and resolves with its exit code, 128 + n for one that died by a signal.
 * On abort it gets SIGINT, later SIGTERM, later SIGKILL: that process only, never its children
 * (actions/runner:src/Runner.Sdk/ProcessInvoker.cs).
 */
export async function runChild(request: ChildRequest): Promise<number> {
  const { command, args, cwd, env, signal, onLine } = request
  const child = spawn(command, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) {
    const lines = createLineSplitter(onLine)
    stream.on('data', (chunk: Buffer) => lines.write(chunk))
    stream.on('close', () => lines.end())
  }
  const ladder = startLadder(child, signal, request.timing)
  try {
    return await exitOf(child, request.timing.drain)
  } finally {
    ladder.stop()
  }
}

function startLadder(
  child: ChildProcess,
  signal: AbortSignal,
  timing: ChildRequest['timing'],
): { stop(): void } {
  const timers: NodeJS.Timeout[] = []
  const cancel = () => {
    child.kill('SIGINT')
    timers.push(setTimeout(() => child.kill('SIGTERM'), timing.interrupt))
    timers.push(setTimeout(() => child.kill('SIGKILL'), timing.interrupt + timing.terminate))
  }
  if (signal.aborted) cancel()
  else signal.addEventListener('abort', cancel, { once: true })
  return {
    stop() {
      signal.removeEventListener('abort', cancel)
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

// A grandchild may hold the pipes open for ever: after the exit the output gets a limited time.
function exitOf(child: ChildProcess, drain: number): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      const result = code ?? 128 + (signal === null ? 0 : signalNumber(signal))
      const timer = setTimeout(() => {
        child.stdout?.destroy()
        child.stderr?.destroy()
      }, drain)
      child.once('close', () => {
        clearTimeout(timer)
        resolve(result)
      })
    })
  })
}

function signalNumber(signal: NodeJS.Signals): number {
  return constants.signals[signal]
}
