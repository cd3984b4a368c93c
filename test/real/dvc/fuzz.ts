import { deepStrictEqual, ok } from 'node:assert'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Check, RealOptions } from '../../../scripts/real/peer.ts'
import { checkAdditions } from './additions.ts'
import type { Dvc } from './dvc.ts'
import { checkEdits } from './edits.ts'
import { type Files, oddDvcFile, oddLock } from './odd-files.ts'
import { essence, readByOurs } from './reading.ts'
import { randomTemplates } from './templates.ts'

/** Newest first: where they do not agree with each other, ours has to agree with one of them. */
export type Versions = readonly [Dvc, ...Dvc[]]

interface Kind {
  readonly what: string
  readonly make: (seed: number) => Files
  /** What is read; the rest of the files lies beside it. */
  readonly file: string
}

const KINDS: readonly Kind[] = [
  { what: '.dvc files of odd hands', make: oddDvcFile, file: 'x.dvc' },
  { what: 'dvc.lock files of odd hands', make: oddLock, file: 'dvc.yaml' },
  { what: 'dvc.yaml files with variables, loops and templates', make: randomTemplates, file: 'dvc.yaml' },
]

/** So many in an everyday run, and with `--full`; the largest number that one process reads at once. */
const COUNT = { everyday: 60, full: 3000 } as const
const AT_ONCE = 500
/** At least so much of them has to be legal, or nothing is compared but refusals. */
const LEAST_READ = 0.25
/** Differences that are told in full. */
const TOLD = 3

/** Random files: the outputs and dependencies that ours reads in them are those that DVC reads, or both refuse. */
export async function checkReading(
  versions: Versions,
  folder: string,
  { full, seed: first = 1, count = full ? COUNT.full : COUNT.everyday }: RealOptions,
  check: Check,
): Promise<void> {
  for (const [at, kind] of KINDS.entries()) {
    const seeds = Array.from({ length: count }, (_, index) => first + index)
    await check(
      `DVC and ours read the same in ${count} ${kind.what} (seeds ${first} to ${first + count - 1})`,
      () => compare(versions, join(folder, `reading-${at}`), kind, seeds),
    )
  }
  for (const dvc of versions) {
    await checkEdits(dvc, join(folder, `edits-${dvc.version}`), { full, first }, check)
    await checkAdditions(dvc, join(folder, `additions-${dvc.version}`), { full, first }, check)
  }
}

async function compare(
  versions: Versions,
  root: string,
  kind: Kind,
  seeds: readonly number[],
): Promise<void> {
  await mkdir(root, { recursive: true })
  await versions[0].run(root, 'init', '--no-scm')
  const differences: string[] = []
  let read = 0
  for (let at = 0; at < seeds.length; at += AT_ONCE) {
    const some = seeds.slice(at, at + AT_ONCE)
    for (const seed of some) await writeFiles(join(root, String(seed)), kind.make(seed))
    const paths = some.map((seed) => `${seed}/${kind.file}`)
    const theirs = await Promise.all(versions.map((dvc) => dvc.read(root, paths)))
    for (const [index, seed] of some.entries()) {
      const ours = essence(await readByOurs(join(root, String(seed))))
      const wanted = theirs.flatMap((readings) => readings.slice(index, index + 1)).map(essence)
      if (ours !== 'refused') read++
      if (!wanted.some((one) => isDeepStrictEqual(ours, one)))
        differences.push(tell(seed, kind.make(seed), ours, wanted[0]))
    }
  }
  deepStrictEqual(differences.slice(0, TOLD), [], `${differences.length} of ${seeds.length} differ`)
  ok(read >= LEAST_READ * seeds.length, `only ${read} of ${seeds.length} are legal`)
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

function tell(seed: number, files: Files, ours: unknown, theirs: unknown): string {
  return JSON.stringify({ seed, files, ours, theirs }, null, 2)
}
