import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Fails with one sentence where a program is missing that tests and the demo run: git with its HTTP server, python3.
 * Without it, dozens of tests would each fail in a way of their own.
 */
export function assertTools(env: NodeJS.ProcessEnv = process.env): void {
  const output = (file: string, argument: string): string | undefined => {
    const { status, stdout } = spawnSync(file, [argument], { encoding: 'utf8', env })
    return status === 0 ? stdout.trim() : undefined
  }
  const gitFolder = output('git', '--exec-path')
  if (gitFolder === undefined) throw new Error('The tests and the demo need git on the PATH; install it.')
  if (!existsSync(join(gitFolder, 'git-http-backend'))) {
    throw new Error(
      `The tests and the demo need git-http-backend, which is not in ${gitFolder}; install the whole of git.`,
    )
  }
  if (output('python3', '--version') === undefined)
    throw new Error('The tests and the demo need python3 on the PATH; install it.')
}
