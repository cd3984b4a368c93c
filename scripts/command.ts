import { spawn } from 'node:child_process'

/** What a finished child process left behind; `output` is stdout and stderr as they came. */
export type Finished = { readonly code: number; readonly output: string }

/**
 * Runs a program to its end without a shell and never throws for its exit code.
 * A program that a signal ended has code 1; rejects only when the program cannot be started.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<Finished> {
  const { promise, resolve, reject } = Promise.withResolvers<Finished>()
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.on('error', reject)
  child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  return promise
}

/** Like {@link runCommand}, but throws an Error with the output when the program fails; returns the output. */
export async function runOrThrow(file: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await runCommand(file, args, { cwd })
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} ended with ${code}:\n${output.trimEnd()}`)
  return output
}
