import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Repository } from '@mlops-actions/sandbox/github'

/** Plain git on the server's side of a repository. */
export async function git({ directory }: Repository, ...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)('git', [...args], { cwd: directory })).stdout.trimEnd()
}
