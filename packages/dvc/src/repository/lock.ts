import { constants } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { childEnv, startTree } from '@mlops-actions/process'
import { fileFailure, invalidFile } from '../invalid.ts'
import type { DvcConfig } from './config.ts'
import { makeOwnFolder } from './own-folder.ts'
import type { Repository } from './repository.ts'

/** How long somebody else's lock is waited for, in milliseconds; DVC itself waits 3 s. */
const PATIENCE = 60_000
/** Milliseconds between two tries: each starts a process, and who waits long can wait a little longer. */
const INTERVALS = { first: 250, longest: 5_000 } as const

/**
 * Holds DVC's own lock, so that no `dvc` command of this machine changes the repository at the same time
 * (`.dvc/tmp/lock`, an flock; dvc/lock.py). Where the machine has no flock(1), nothing is locked: every file is
 * replaced whole anyway.
 * @param onWait told once where somebody else has it: what was known of the repository may not hold any more
 * @returns what lets it go again
 * @throws Failure `conflict` where somebody else has it for longer than a minute
 */
export async function lockRepository(
  world: World,
  { root, config }: Pick<Repository, 'root'> & { readonly config: Pick<DvcConfig, 'hardlinkLock'> },
  onWait: () => void = () => {},
): Promise<() => Promise<void>> {
  if (config.hardlinkLock)
    throw invalidFile(
      '.dvc/config',
      'core.hardlink_lock is set, and nobody but DVC can hold such a lock',
      'Remove it in CI: `dvc config --local core.hardlink_lock false`',
      'DVC_LOCK',
    )
  const file = join(root, '.dvc', 'tmp', 'lock')
  await makeLockFile(root, file)
  const started = world.now()
  for (let interval: number = INTERVALS.first; ; interval = Math.min(2 * interval, INTERVALS.longest)) {
    const release = await tryLock(world, file)
    if (release !== undefined) return release
    const holder = await lockHolder(file)
    const who = holder === undefined ? 'another process' : `the process ${holder}`
    if (world.now() - started >= PATIENCE) throw lockedFailure(file, who)
    if (interval === INTERVALS.first) {
      world.log.info(`${who} has DVC's lock; waiting for it`)
      onWait()
    }
    await world.sleep(interval)
  }
}

async function makeLockFile(root: string, file: string): Promise<void> {
  await makeOwnFolder(root, join(root, '.dvc', 'tmp'))
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants
  const handle = await open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW).catch((error: unknown) => {
    throw fileFailure('.dvc/tmp/lock', error)
  })
  await handle.close()
}

/** Says that the lock is held, and ends with the process whose id is its argument. */
const HOLD = 'echo held && exec tail --pid="$0" --follow /dev/null'
/** flock(1) says so by this exit status where somebody else has the lock. */
const TAKEN = 75

/**
 * flock(1) holds the lock for us, as Node cannot; it ends with this process, also where that is killed.
 * @returns undefined where somebody else has it
 */
async function tryLock(world: World, file: string): Promise<(() => Promise<void>) | undefined> {
  let gotIt = () => {}
  const held = new Promise<'held'>((done) => {
    gotIt = () => done('held')
  })
  const tree = await startTree(world, {
    what: "Cannot hold DVC's lock",
    file: 'flock',
    args: [
      '--nonblock',
      '--conflict-exit-code',
      String(TAKEN),
      '--no-fork',
      file,
      'sh',
      '-c',
      HOLD,
      String(process.pid),
    ],
    env: childEnv(world.env, { LC_ALL: 'C' }),
    onLine: (line) => {
      if (line === 'held') gotIt()
    },
  }).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'PROGRAM_NOT_FOUND') return undefined
    throw error
  })
  if (tree === undefined) return async () => {}
  const first = await Promise.race([held, tree.exited])
  if (first !== 'held' && first.exitCode === TAKEN) return undefined
  return async () => void (await tree.stop())
}

/** The process that holds an flock on the file, by its inode in /proc/locks; undefined where nobody is known to. */
async function lockHolder(file: string): Promise<number | undefined> {
  const locks = await readFile('/proc/locks', 'utf8').catch(() => '')
  const { ino } = await stat(file)
  const held = locks
    .split('\n')
    .map((line) => /^\d+: FLOCK +\w+ +WRITE +(\d+) +[0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line))
    .find((line) => Number(line?.[2]) === ino)
  return held === undefined || held === null ? undefined : Number(held[1])
}

function lockedFailure(file: string, who: string): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'DVC_LOCKED',
    what: 'The DVC repository is in use',
    on: file,
    seen: `${who} has held DVC's lock for a minute`,
    next: 'Let no other step or job use this checkout at the same time, or end that process',
    retryable: true,
  })
}
