import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Finished, runCommand } from '../../../scripts/command.ts'
import { S3_KEYS } from '../s3/server.ts'
import { parseAnswer, parseReadings, type Reading } from './answer.wire.ts'
import { type DvcVersion, installDvc } from './versions.ts'

/** One version of the real DVC. */
export interface Dvc extends AsyncDisposable {
  readonly version: DvcVersion
  /** Runs a command in a repository and returns what it printed; throws when it fails. */
  run(folder: string, ...args: readonly string[]): Promise<string>
  /** Runs a command and returns how it ended. */
  try(folder: string, ...args: readonly string[]): Promise<Finished>
  /** What it reads in files of its own, relative to the repository; all of them in one process. */
  read(folder: string, paths: readonly string[]): Promise<readonly Reading[]>
  /** The same DVC as users start it, a process for each command. */
  readonly commandLine: Omit<Dvc, 'commandLine' | 'read' | typeof Symbol.asyncDispose>
}

type Try = (folder: string, args: readonly string[]) => Promise<Finished>

/** Installs and starts one version: a single Python process that forks for each command (server.py). */
export async function startDvc(version: DvcVersion): Promise<Dvc> {
  const { dvc, python } = await installDvc(version)
  const folder = mkdtempSync(join(tmpdir(), `mlops-actions-real-dvc-${version}-`))
  const env = dvcEnvironment(folder)
  const server = startServer(python, env)
  const commandLine: Try = (cwd, args) => runCommand(dvc, args, { cwd, env })
  return {
    ...commands(version, (cwd, args) => server.ask({ cwd, argv: args })),
    read: async (cwd, paths) => {
      const { code, output } = await server.ask({ cwd, paths })
      if (code === 0) return parseReadings(output)
      throw new Error(`reading.py (${version}) ended with ${code} in ${cwd}:\n${output.trimEnd()}`)
    },
    commandLine: commands(version, commandLine),
    [Symbol.asyncDispose]: async () => {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function commands(version: DvcVersion, attempt: Try): Dvc['commandLine'] {
  return {
    version,
    try: (folder, ...args) => attempt(folder, args),
    run: async (folder, ...args) => {
      const { code, output } = await attempt(folder, args)
      if (code === 0) return output
      throw new Error(
        `dvc ${args.join(' ')} (${version}) ended with ${code} in ${folder}:\n${output.trimEnd()}`,
      )
    },
  }
}

/** Nothing of this machine's settings, and nothing that goes to anybody else. */
export function dvcEnvironment(folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    LANG: 'C.UTF-8',
    PYTHONDONTWRITEBYTECODE: '1',
    AWS_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    DVC_NO_ANALYTICS: '1',
    CI: 'true',
    DVC_GLOBAL_CONFIG_DIR: folder,
    DVC_SYSTEM_CONFIG_DIR: folder,
    DVC_SITE_CACHE_DIR: join(folder, 'site'),
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
}

/** A command, or files to read. */
type Request = { readonly cwd: string } & (
  | { readonly argv: readonly string[] }
  | { readonly paths: readonly string[] }
)

function startServer(python: string, env: NodeJS.ProcessEnv) {
  const program = join(import.meta.dirname, 'server.py')
  const child = spawn(python, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting = new Map<number, PromiseWithResolvers<Finished>>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, ...finished } = parseAnswer(line)
    waiting.get(id)?.resolve(finished)
    waiting.delete(id)
  })
  const ended = endOf(child)
  ended.then((code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${program} ended with ${code}`))
  })
  let last = 0
  return {
    ask: (request: Request): Promise<Finished> => {
      const answer = Promise.withResolvers<Finished>()
      waiting.set(++last, answer)
      child.stdin.write(`${JSON.stringify({ id: last, ...request })}\n`)
      return answer.promise
    },
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}

function endOf(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', resolve)
  })
}
