import { Failure, type World } from '@mlops-actions/diagnostics'
import { childEnv, runCommand } from '@mlops-actions/process'
import { configEnvironment, SAFE_CONFIG } from './environment.ts'
import type { GitCommand, GitRepository } from './repository.ts'

/** A repository that is there already and is only read. */
export type Checkout = Pick<GitRepository, 'directory' | 'run' | 'attempt'>

const ANY_EXIT: readonly number[] = Array.from({ length: 256 }, (_, code) => code)
/** Bytes. The names of a million files. */
const MAX_OUTPUT = 256 * 2 ** 20

/**
 * The Git repository that a folder lies in, to be read: hooks and file system monitors of its configuration stay off,
 * and nothing is fetched. It may belong to another user than this process, as in a container of a job.
 * @param folder absolute path
 * @throws Failure `config` where the folder is in none
 */
export async function openCheckout(
  world: World,
  folder: string,
): Promise<{ readonly checkout: Checkout; readonly prefix: string }> {
  const checkout = createCheckout(world, folder)
  const { exitCode, stdout } = await checkout.attempt({
    what: 'Cannot look for a Git repository',
    args: ['rev-parse', '--show-prefix'],
  })
  if (exitCode === 0) return { checkout, prefix: stdout.replace(/\/?\n$/, '') }
  throw new Failure({
    kind: 'config',
    code: 'GIT_NO_REPOSITORY',
    what: 'Cannot read the Git repository',
    on: folder,
    seen: 'the folder is in no Git repository',
    next: 'Check it out with actions/checkout before this step; its download without git has no history',
  })
}

/** The URL that the checkout was made from, as its configuration has it; undefined where it has none. */
export async function readOrigin(checkout: Checkout): Promise<string | undefined> {
  const { exitCode, stdout } = await checkout.attempt({
    what: 'Cannot read the Git repository',
    args: ['config', '--get', 'remote.origin.url'],
  })
  return exitCode === 0 ? stdout.trim() : undefined
}

function createCheckout(world: World, directory: string): Checkout {
  const env = childEnv(world.env, {
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    ...configEnvironment([...SAFE_CONFIG, ['safe.directory', '*']]),
  })
  const start = ({ what, args, input, env: more }: GitCommand, tolerate: readonly number[]) =>
    runCommand(world, {
      what,
      on: `git ${args[0] ?? ''}`,
      file: 'git',
      args,
      cwd: directory,
      env: { ...env, ...more },
      ...(input === undefined ? {} : { input }),
      timeout: 10 * 60_000,
      maxOutput: MAX_OUTPUT,
      tolerate,
    })
  return {
    directory,
    run: (command) => start(command, []),
    attempt: (command) => start(command, ANY_EXIT),
  }
}
