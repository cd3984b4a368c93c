import { runCommand } from '../../../scripts/command.ts'

const IDENTITY = ['-c', 'user.name=ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false']

/** Runs git without this machine's settings and returns what it printed, without quoting paths. */
export async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  const all = [...IDENTITY, '-c', 'core.quotePath=false', '-c', 'protocol.file.allow=always', ...args]
  const { code, output } = await runCommand('git', all, { cwd, env })
  if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code} in ${cwd}:\n${output.trimEnd()}`)
  return output
}

export async function commitAll(cwd: string, message: string): Promise<void> {
  await git(cwd, 'add', '--all')
  await git(cwd, 'commit', '--quiet', '--allow-empty', '--message', message)
}
