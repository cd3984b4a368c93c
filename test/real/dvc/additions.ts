import { deepStrictEqual } from 'node:assert'
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readRepository, recordOutputs, writeRecords } from '@mlops-actions/dvc'
import { isIgnored, isTracked, openCheckout } from '@mlops-actions/git'
import type { Check } from '../../../scripts/real/peer.ts'
import { testWorld } from '../../harness/world.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { NAMES } from './names.ts'
import { createRandom, type Random } from './random.ts'

const COUNT = { everyday: 3, full: 60 } as const
const FOLDERS = ['', 'sub/', 'sub/de ep/'] as const
/** What ruamel.yaml folds, each version in its own way, ours writes on one line, to be read as the same. */
const STEADY_NAMES = NAMES.filter((name) => !/^long |\u2028/.test(name))
/** Data of one repository, and targets of one `dvc add`. */
const SIZE = 24
const AT_ONCE = 8

/** Data that nothing tracks yet: our `.dvc` files and `.gitignore` are those that `dvc add` writes, byte for byte. */
export async function checkAdditions(
  dvc: Dvc,
  folder: string,
  { full, first }: { readonly full: boolean; readonly first: number },
  check: Check,
): Promise<void> {
  const count = full ? COUNT.full : COUNT.everyday
  await check(
    `ours adds new data as dvc ${dvc.version} add does (seeds ${first} to ${first + count - 1})`,
    async () => {
      for (let seed = first; seed < first + count; seed++) await compareAdditions(dvc, folder, seed)
    },
  )
}

async function compareAdditions(dvc: Dvc, folder: string, seed: number): Promise<void> {
  const [theirs, ours] = [join(folder, `${seed}-theirs`), join(folder, `${seed}-ours`)]
  const random = createRandom(seed)
  await mkdir(theirs, { recursive: true })
  await git(theirs, 'init', '--quiet')
  await dvc.run(theirs, 'init')
  await commitAll(theirs, 'Start')
  const paths = await writeData(theirs, random)
  await cp(theirs, ours, { recursive: true })
  while (paths.length > 0) {
    const targets = paths.splice(0, AT_ONCE)
    await dvc.run(theirs, 'add', ...targets.map((path) => `./${path}`))
    await addByOurs(ours, targets)
  }
  deepStrictEqual(await recordsOf(ours), await recordsOf(theirs), `of seed ${seed}`)
}

/** Files and folders of hostile names, some executable, some empty. */
async function writeData(root: string, random: Random): Promise<string[]> {
  const paths = random.some(STEADY_NAMES, SIZE).map((name) => `${random.pick(FOLDERS)}${name}`)
  for (const at of FOLDERS) await mkdir(join(root, at), { recursive: true })
  for (const path of paths) {
    const isFolder = random.chance(0.3)
    if (isFolder) await mkdir(join(root, path))
    const members = isFolder ? random.some(NAMES, 3).map((name) => `${path}/${name}`) : [path]
    for (const member of members) {
      await writeFile(join(root, member), random.bytes(random.integer(0, 20)))
      await chmod(join(root, member), random.pick([0o644, 0o755]))
    }
  }
  return paths
}

async function addByOurs(root: string, targets: readonly string[]): Promise<void> {
  const world = testWorld({ env: { PATH: process.env['PATH'] ?? '' } })
  const { checkout } = await openCheckout(world, root)
  const repository = await readRepository(root, { env: {} })
  const facts = {
    isTracked: (path: string) => isTracked(checkout, path),
    isIgnored: (path: string) => isIgnored(checkout, path),
  }
  const { edits } = await recordOutputs(world, repository, { add: targets, changed: false }, facts)
  await writeRecords(repository, edits)
}

/** All that git would commit: its content by its path. */
async function recordsOf(root: string): Promise<Record<string, string>> {
  const listed = await git(root, 'ls-files', '-z', '--others', '--exclude-standard', '--modified', '--', '.')
  const paths = listed.split('\0').filter((path) => path !== '')
  const texts = paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)
  return Object.fromEntries(await Promise.all(texts))
}
