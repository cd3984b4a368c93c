import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { COMMITTED_CONFIG, type Place, pointTo } from './remotes.ts'
import { type FileFacts, type Restored, readTree } from './tree.ts'

/** One state of the repository as the real DVC has made, committed and pushed it. */
export interface Version {
  /** A checkout with all of its data in workspace and cache. */
  readonly root: string
  readonly tree: Readonly<Record<string, FileFacts>>
  /** Where DVC has pushed it. */
  readonly place: Place
}

/** A repository before and after a change of its data. */
export interface KillScene {
  readonly dvc: Dvc
  readonly s3: S3Peer
  readonly folder: string
  readonly before: Version
  readonly after: Version
}

/** What is tracked: a directory, a file that goes in several parts, one that may be executed. */
export const OUTPUTS = ['data', 'large.bin', 'run.sh'] as const

const RESTORED: Restored = { isLost: () => false, keepsMode: (path) => path === 'run.sh' }
/** More than is sent in one part, and than one piece of a response. */
const LARGE = 17 * 1024 * 1024 + 3

export const treeOf = (root: string) => readTree(root, RESTORED)

export async function makeKillScene(dvc: Dvc, s3: S3Peer, folder: string): Promise<KillScene> {
  await mkdir(folder, { recursive: true })
  const first = join(folder, 'before')
  await mkdir(first)
  await git(first, 'init', '--quiet', '--initial-branch=main')
  await dvc.run(first, 'init')
  await writeFile(join(first, '.dvc/config'), COMMITTED_CONFIG)
  for (let at = 0; at < 24; at++)
    await write(join(first, `data/part ${at % 3}/${at}.csv`), `row ${at}\n`.repeat(at + 1))
  await write(join(first, 'large.bin'), Buffer.alloc(LARGE, 'abcdefghijk'))
  await write(join(first, 'run.sh'), '#!/bin/sh\n')
  await chmod(join(first, 'run.sh'), 0o755)
  const before = await record(dvc, s3, first, 'kill-before')
  const second = join(folder, 'after')
  await cp(first, second, { recursive: true })
  await changeData(second)
  return { dvc, s3, folder, before, after: await record(dvc, s3, second, 'kill-after') }
}

/** Other bytes in files of old names, files that come and go, and the same large file. */
export async function changeData(root: string): Promise<void> {
  for (const at of [3, 4, 5]) await rewrite(join(root, `data/part ${at % 3}/${at}.csv`), `changed ${at}\n`)
  await rm(join(root, 'data/part 0/6.csv'))
  await write(join(root, 'data/new/one.csv'), 'one\n')
  await rewrite(join(root, 'run.sh'), '#!/bin/sh\nexit 1\n')
  await chmod(join(root, 'run.sh'), 0o755)
}

async function record(dvc: Dvc, s3: S3Peer, root: string, bucket: string): Promise<Version> {
  const place = { s3, bucket: `${bucket}-${dvc.version}`, prefix: 'dvc' }
  await s3.createBucket(place.bucket)
  await pointTo(root, place)
  await dvc.run(root, 'add', ...OUTPUTS)
  await dvc.run(root, 'push')
  await commitAll(root, bucket)
  return { root, place, tree: await treeOf(root) }
}

async function write(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** As editors do it: the old file may be linked to the cache. */
async function rewrite(path: string, content: string): Promise<void> {
  await rm(path)
  await write(path, content)
}
