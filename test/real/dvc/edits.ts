import { deepStrictEqual } from 'node:assert'
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readRepository, recordOutputs, writeRecords } from '@mlops-actions/dvc'
import type { Check } from '../../../scripts/real/peer.ts'
import type { Dvc } from './dvc.ts'
import { createRandom, type Random } from './random.ts'
import { list, map, text, token, type Written, writeByHand } from './yaml-hand.ts'

const COUNT = { everyday: 25, full: 1000 } as const
/** Targets of one `dvc add`. */
const AT_ONCE = 250

type Pair = readonly [string, Written]

/**
 * `.dvc` files with remarks, flags and orders of people's own, which DVC has written once in its own form: what ours
 * makes of one when its data changes is what `dvc add` makes of it, byte for byte.
 */
export async function checkEdits(
  dvc: Dvc,
  folder: string,
  { full, first }: { readonly full: boolean; readonly first: number },
  check: Check,
): Promise<void> {
  const count = full ? COUNT.full : COUNT.everyday
  await check(
    `ours edits ${count} .dvc files as dvc ${dvc.version} add does (seeds ${first} to ${first + count - 1})`,
    async () => {
      for (let at = 0; at < count; at += AT_ONCE) {
        const length = Math.min(AT_ONCE, count - at)
        const seeds = Array.from({ length }, (_, index) => first + at + index)
        await compareEdits(dvc, join(folder, String(at)), seeds)
      }
    },
  )
}

async function compareEdits(dvc: Dvc, folder: string, seeds: readonly number[]): Promise<void> {
  const [theirs, ours] = [join(folder, 'theirs'), join(folder, 'ours')]
  await mkdir(theirs, { recursive: true })
  await dvc.run(theirs, 'init', '--no-scm')
  for (const seed of seeds) {
    await mkdir(join(theirs, String(seed)))
    await writeData(theirs, seed, 0)
    await writeFile(join(theirs, `${seed}/data.dvc`), handwritten(createRandom(seed)))
  }
  const targets = seeds.map((seed) => `${seed}/data`)
  await dvc.run(theirs, 'add', ...targets)
  // What DVC makes of a hand's blank lines is its own form only the second time.
  for (const seed of seeds) await writeData(theirs, seed, 2)
  await dvc.run(theirs, 'add', ...targets)
  await cp(theirs, ours, { recursive: true })
  for (const seed of seeds) for (const root of [theirs, ours]) await writeData(root, seed, 1)
  await dvc.run(theirs, 'add', ...targets)
  const { signal } = new AbortController()
  const repository = await readRepository(ours, { env: {} })
  const order = { add: targets, changed: false }
  await writeRecords(repository, (await recordOutputs({ signal }, repository, order, undefined)).edits)
  const textsOf = (root: string) =>
    Promise.all(
      seeds.map(async (seed) => ({ seed, text: await readFile(join(root, `${seed}/data.dvc`), 'utf8') })),
    )
  deepStrictEqual(await textsOf(ours), await textsOf(theirs))
}

/** A file or a directory, of other bytes, another mode or other members each time. */
async function writeData(root: string, seed: number, version: number): Promise<void> {
  const random = createRandom(seed + 7)
  const isFolder = random.chance(0.4)
  const now = createRandom(seed * 3 + version)
  const path = join(root, String(seed), 'data')
  if (isFolder) {
    await mkdir(path, { recursive: true })
    for (const name of now.some(['a', 'b', 'c'], 2))
      await writeFile(join(path, name), now.bytes(now.integer(0, 9)))
    return
  }
  await writeFile(path, now.bytes(now.integer(1, 50)))
  await chmod(path, now.pick([0o644, 0o755]))
}

/** What may stand beside the MD5, in any order, with comments. */
function handwritten(random: Random): string {
  const maybe = (chance: number, pair: Pair): Pair[] => (random.chance(chance) ? [pair] : [])
  const pairs: Pair[] = [
    ['md5', text('d41d8cd98f00b204e9800998ecf8427e')],
    ...maybe(0.7, ['size', token('0')]),
    ...maybe(0.7, ['hash', text('md5')]),
    ['path', text('data')],
    ...maybe(0.2, ['remote', text('second')]),
    ...maybe(0.2, ['desc', text('of: x # y')]),
    ...maybe(0.2, ['push', token('false')]),
    ...maybe(0.2, ['type', text('model')]),
    ...maybe(0.2, ['labels', list(text('a'), text('b c'))]),
    ...maybe(0.2, [
      'meta',
      map(['owner', list(text('ann'), token('1'))], ['deep', map(['x', token('0x1f')])]),
    ]),
  ]
  const left = [...pairs]
  const shuffled = pairs.flatMap(() => left.splice(random.integer(0, left.length - 1), 1))
  const out = map(...(random.chance(0.5) ? pairs : shuffled))
  const top: Pair[] = [
    ...maybe(0.2, ['desc', text('mine')]),
    ['outs', list(out)],
    ...maybe(0.2, ['meta', map(['a', token('1')])]),
  ]
  // In braces ours edits nothing: it refuses them by name.
  return writeByHand(map(...top), random, random.pick([0, 0.1, 0.3]), false)
}
