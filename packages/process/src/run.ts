import { exec } from '@actions/exec'
import { timerOf, type World } from '@mlops-actions/diagnostics'
import { type Collector, type Command, type CommandResult, createCollector, MAX_OUTPUT } from './command.ts'
import { asCancelled, explainExit, explainSignal, explainTimeout } from './explain.ts'
import { findProgram } from './program.ts'
import { startTree, type TreeExit } from './tree.ts'

/**
 * Runs a child to its end and returns its output. It is a tree of ours, so it dies with the step.
 *
 * One that is told to be `short` goes through @actions/exec instead, unless it has a `timeout`, an `input` or `files`. That can
 * neither end its child nor give it an input: it listens to no error of the pipe, so a child that ends before it has
 * read brings the process down (EPIPE, seen with 3.0.0).
 * @throws Failure `config` where the program is missing, `timeout`, `cancelled`, or what `explain` says of its exit
 * code (`internal` where nobody knows better)
 */
export async function runCommand(world: World, command: Command): Promise<CommandResult> {
  if (world.signal.aborted) throw asCancelled(world.signal.reason)
  const limit = command.maxOutput ?? MAX_OUTPUT
  const outputs = { stdout: createCollector(limit), stderr: createCollector(limit) }
  const plain = command.timeout === undefined && command.input === undefined && command.files === undefined
  const short = command.short === true && plain
  const exit = short ? await runShort(world, command, outputs) : await runTree(world, command, outputs)
  if (exit.exitCode === undefined) throw explainSignal(command, exit.signal)
  const stdoutBytes = outputs.stdout.bytes()
  const result: CommandResult = {
    exitCode: exit.exitCode,
    stdout: stdoutBytes.toString('utf8'),
    stderr: outputs.stderr.bytes().toString('utf8'),
    stdoutBytes,
    truncated: outputs.stdout.truncated() || outputs.stderr.truncated(),
  }
  if (result.exitCode !== 0 && command.tolerate?.includes(result.exitCode) !== true)
    throw explainExit(command, result)
  return result
}

type Outputs = Readonly<Record<'stdout' | 'stderr', Collector>>

async function runShort(world: World, command: Command, outputs: Outputs): Promise<TreeExit> {
  const file = findProgram(command)
  if (world.signal.aborted) throw asCancelled(world.signal.reason)
  const running = exec(quoted(file), [...command.args], {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    env: { ...command.env },
    silent: true,
    ignoreReturnCode: true,
    listeners: {
      stdout: (chunk) => outputs.stdout.push(chunk),
      stderr: (chunk) => outputs.stderr.push(chunk),
    },
  })
  const code: number | null = await orCancelled(world, running)
  return { exitCode: code ?? undefined, signal: undefined }
}

async function runTree(world: World, command: Command, outputs: Outputs): Promise<TreeExit> {
  const tree = await startTree(world, { ...command, onData: (chunk, output) => outputs[output].push(chunk) })
  let timedOut = false
  const onTimeout = (): void => {
    timedOut = true
    void tree.stop()
  }
  const timer = command.timeout === undefined ? undefined : setTimeout(onTimeout, timerOf(command.timeout))
  const exit = await tree.exited
  clearTimeout(timer)
  if (world.signal.aborted) throw asCancelled(world.signal.reason)
  if (timedOut) throw explainTimeout(command, outputs.stderr.bytes().toString('utf8'))
  return exit
}

/** @actions/exec splits its first argument at spaces outside quotes. */
function quoted(file: string): string {
  return `"${file.replace(/"/g, '\\"')}"`
}

/** A cancelled step does not wait for a short child; the child ends by itself. */
async function orCancelled<T>(world: World, running: Promise<T>): Promise<T> {
  const interrupted = Promise.withResolvers<never>()
  const onAbort = (): void => interrupted.reject(asCancelled(world.signal.reason))
  world.signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([running, interrupted.promise])
  } finally {
    world.signal.removeEventListener('abort', onAbort)
  }
}
