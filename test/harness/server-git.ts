import { spawn } from 'node:child_process'
import type { Repository } from '@mlops-actions/sandbox/github'

/** Plain git on the server's side of a repository. */
export function git(
  { directory }: Repository,
  ...given: (string | { readonly input: string })[]
): Promise<string> {
  const args = given.filter((part) => typeof part === 'string')
  const [options] = given.filter((part) => typeof part !== 'string')
  const identity = {
    GIT_AUTHOR_NAME: 'T',
    GIT_AUTHOR_EMAIL: 't@example.com',
    GIT_COMMITTER_NAME: 'T',
    GIT_COMMITTER_EMAIL: 't@example.com',
  }
  const child = spawn('git', args, {
    cwd: directory,
    env: { ...process.env, ...identity },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString().trim())
      else reject(new Error(`git ${args.join(' ')} ended with ${code}`))
    })
    child.stdin.on('error', () => {})
    child.stdin.end(options?.input ?? '')
  })
}
