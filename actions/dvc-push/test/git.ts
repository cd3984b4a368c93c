import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Real git in a folder, as somebody; returns what it prints. */
export function gitIn(folder: string) {
  return async (...args: string[]): Promise<string> => {
    const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com']
    return (await run('git', [...identity, ...args], { cwd: folder })).stdout.trim()
  }
}
