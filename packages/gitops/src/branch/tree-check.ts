import { constants } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { extractTree, fetchCommit, type GitRepository, openRepository } from '@mlops-actions/git'
import { childEnv, runCommand } from '@mlops-actions/process'
import type { CommitDraft } from './branch.ts'
import { credentialFor } from './credentials.ts'
import type { BranchPlace } from './open-branch.ts'
import { patiently } from './patience.ts'

/** A command that has to say yes to the repository as a commit would leave it. */
export interface TreeCheck {
  /**
   * @throws Failure GITOPS_CHECK_FAILED with the last words of the command, or COMMAND_TIMEOUT
   */
  run(draft: CommitDraft): Promise<void>
  close(): Promise<void>
}

export interface TreeCheckOptions {
  /** For a shell, in the folder of the repository. */
  readonly command: string
  /** Milliseconds. */
  readonly timeout: number
}

/**
 * By git whatever the transport is: it takes every file of the branch. The command gets neither tokens nor inputs, and
 * what it writes is thrown away. Nothing is opened before there is something to check.
 */
export function createTreeCheck(world: World, place: BranchPlace, options: TreeCheckOptions): TreeCheck {
  let opened: Promise<GitRepository> | undefined
  return {
    async run(draft) {
      opened ??= openPlace(world, place)
      await checkDraft(world, { repository: await opened, temp: place.temp, ...options }, draft)
    },
    close: async () => (await opened)?.close(),
  }
}

function openPlace(world: World, place: BranchPlace): Promise<GitRepository> {
  const { remote, temp, requestTimeout, caCert, serverUrl } = place
  const credential = credentialFor(place, remote, serverUrl)
  return openRepository(world, { remote, credential, temp, requestTimeout, caCert })
}

interface Check extends TreeCheckOptions {
  readonly repository: GitRepository
  readonly temp: string
}

async function checkDraft(world: World, check: Check, { parent, files }: CommitDraft): Promise<void> {
  const folder = await mkdtemp(join(check.temp, 'gitops-tree-'))
  try {
    await patiently(world, () => bringTree(check.repository, parent, folder))
    for (const { path, bytes } of files) await overwrite(join(folder, path), bytes)
    await runInTree(world, check, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** May be done again: what a try before has left there is the same. */
async function bringTree(repository: GitRepository, commit: string, folder: string): Promise<void> {
  await fetchCommit(repository, commit, {
    what: 'Cannot read the branch for `validate`',
    next: 'The branch was rewritten meanwhile: run the job again',
  })
  await extractTree(repository, commit, folder)
}

/** There are no links in the tree; should there be one in spite of that, it is not followed. */
async function overwrite(path: string, bytes: Buffer): Promise<void> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants
  const file = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
  try {
    await file.writeFile(bytes)
  } finally {
    await file.close()
  }
}

async function runInTree(
  world: World,
  { command, timeout }: TreeCheckOptions,
  folder: string,
): Promise<void> {
  world.log.info('Checking the changed files with `validate`')
  const { stdout, stderr } = await runCommand(world, {
    what: 'The changed files are not valid',
    on: 'the command of `validate`',
    file: process.platform === 'win32' ? 'bash' : 'sh',
    args: ['-ec', command],
    cwd: folder,
    env: childEnv(world.env),
    timeout,
    explain: () => ({
      kind: 'gate',
      code: 'GITOPS_CHECK_FAILED',
      next: 'Nothing was committed. Run the command on the repository with this change, and correct one of the two',
    }),
  })
  for (const line of `${stdout}\n${stderr}`.split(/\r?\n/).slice(-50))
    if (line.trim() !== '') world.log.info(line)
}
