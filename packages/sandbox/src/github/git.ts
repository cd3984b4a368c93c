import { execFile } from 'node:child_process'

interface GitOptions {
  readonly input?: string | Buffer
  readonly env?: Readonly<Record<string, string>>
}

export interface GitResult {
  readonly exitCode: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** Runs real git in a bare repository, free of the machine's own configuration. */
export function tryGit(
  directory: string,
  args: readonly string[],
  { input, env }: GitOptions = {},
): Promise<GitResult> {
  return new Promise((resolve) => {
    const options = {
      cwd: directory,
      env: { ...plainEnvironment(), ...env },
      encoding: 'buffer' as const,
      maxBuffer: 2 ** 28,
    }
    const child = execFile('git', args, options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(child.exitCode ?? 1)
      resolve({ exitCode, stdout, stderr: stderr.toString() })
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input ?? '')
  })
}

/** Standard output of a git command that has to succeed, without its last new line. */
export async function git(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await tryGit(directory, args, options)
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')} ended with ${exitCode}: ${stderr}`)
  return stdout.toString().replace(/\n$/, '')
}

/**
 * What every git of the sandbox sees; `safe.directory` because a test may run as another user than the
 * folder's owner.
 */
export function plainEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  }
}
