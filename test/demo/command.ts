import { spawn } from 'node:child_process'

export interface CommandOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Ends it by SIGTERM. */
  readonly signal?: AbortSignal
}

export class CommandFailed extends Error {
  readonly stderr: string

  constructor(command: string, code: number | null, stderr: string) {
    super(`${command} ended with ${code}: ${stderr.trim()}`)
    this.name = 'CommandFailed'
    this.stderr = stderr
  }
}

/**
 * Runs a command to its end and gives back its standard output without the last newline.
 * @throws CommandFailed with its standard error; the error of the start, or of the signal
 */
export function command(file: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: options.cwd, LC_ALL: 'C', ...options.env }
  return new Promise((resolve, reject) => {
    const { cwd, signal } = options
    const child = spawn(file, [...args], { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve(stdout.replace(/\n$/, ''))
      reject(new CommandFailed(`${file} ${args[0] ?? ''}`, code, stderr))
    })
  })
}

export interface GitUser {
  /** Sent to a git server as the password of `x-access-token`; never on a command line. */
  readonly token: string
}

/** Git as the person who works on the repositories. */
export function gitAs({ token }: GitUser, cwd: string, ...args: string[]): Promise<string> {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  const env = {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: 'http.extraheader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    GIT_CONFIG_KEY_1: 'user.name',
    GIT_CONFIG_VALUE_1: 'Ada',
    GIT_CONFIG_KEY_2: 'user.email',
    GIT_CONFIG_VALUE_2: 'ada@example.com',
    GIT_TERMINAL_PROMPT: '0',
  }
  return command('git', args, { cwd, env })
}
