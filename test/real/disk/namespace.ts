import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Finished, runCommand } from '../../../scripts/command.ts'
import { parseAnswer } from '../dvc/answer.wire.ts'
import type { Request } from './request.wire.ts'

/** Mounts of our own, which nobody else sees and which are gone with the process that holds them. */
export interface MountNamespace extends AsyncDisposable {
  /** Runs a program inside. */
  readonly run: typeof runCommand
  /** mount(8) inside. */
  mount(...args: readonly string[]): Promise<void>
  unmount(folder: string): Promise<void>
  /** The path by which we see what lies at `path` inside. */
  see(path: string): string
}

/**
 * As root, or as any user where the kernel lets users be root among themselves.
 * @throws Error where it lets nobody mount, as on macOS and in most containers
 */
export async function startNamespace(): Promise<MountNamespace> {
  const flags = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]
  const program = [process.execPath, join(import.meta.dirname, 'inside.ts')]
  const holder = spawn('unshare', [...flags, ...program], { stdio: ['pipe', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  holder.stderr.on('data', (chunk: Buffer) => said.push(chunk))
  const ended = new Promise<string>((resolve) => {
    holder.once('error', (error) => resolve(error.message))
    holder.once('close', () => resolve(Buffer.concat(said).toString().trim()))
  })
  const lines = createInterface({ input: holder.stdout })
  const first = await Promise.race([once(lines, 'line').then(() => undefined), ended])
  if (first !== undefined)
    throw new Error(
      `Nobody can mount here (Linux, and root or user namespaces, are needed). unshare ${flags.join(' ')} said: ${first}`,
    )
  const waiting = new Map<number, (finished: Finished) => void>()
  lines.on('line', (line) => {
    const { id, ...finished } = parseAnswer(line)
    waiting.get(id)?.(finished)
    waiting.delete(id)
  })
  let last = 0
  const run: typeof runCommand = (file, args, options) => {
    const id = ++last
    const answer = new Promise<Finished>((resolve) => waiting.set(id, resolve))
    holder.stdin.write(`${JSON.stringify({ id, program: file, args, options } satisfies Request)}\n`)
    return Promise.race([
      answer,
      ended.then((why) => Promise.reject(new Error(`the namespace has ended: ${why}`))),
    ])
  }
  const runOrThrow = async (file: string, args: readonly string[]): Promise<void> => {
    const { code, output } = await run(file, args, { cwd: '/' })
    if (code !== 0) throw new Error(`${[file, ...args].join(' ')} ended with ${code}: ${output.trim()}`)
  }
  return {
    run,
    mount: (...args) => runOrThrow('mount', args),
    unmount: (folder) => runOrThrow('umount', [folder]),
    see: (path) => `/proc/${holder.pid}/root${path}`,
    [Symbol.asyncDispose]: async () => {
      holder.stdin.end()
      await ended
    },
  }
}
