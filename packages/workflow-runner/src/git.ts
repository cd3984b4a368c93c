import { execFile } from 'node:child_process'

export interface GitOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** Runs git and resolves with its standard output without the last newline; rejects with git's own words. */
export function git(args: readonly string[], { cwd, env, signal }: GitOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: { ...withoutGit(process.env), GIT_TERMINAL_PROMPT: '0', ...env },
      maxBuffer: 64 * 1024 * 1024,
      ...(signal === undefined ? {} : { signal }),
    }
    execFile('git', [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.replace(/\n$/, ''))
      else reject(new Error(`git ${args[0]}: ${stderr.trim() || error.message}`, { cause: error }))
    })
  })
}

// In a hook or a rebase git points its children at the repository it works on.
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')))
}

/** Writes the tree of a commit into a new directory; works for bare repositories and leaves the index alone. */
export async function exportTree(root: string, sha: string, target: string): Promise<void> {
  const env = { GIT_INDEX_FILE: `${target}.index`, GIT_WORK_TREE: target }
  await git(['read-tree', '--reset', '-u', sha], { cwd: root, env })
}
