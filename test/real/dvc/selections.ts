import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from '../../../scripts/real/peer.ts'
import type { S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { type Given, runBundle } from './ours.ts'
import { COMMITTED_CONFIG, pointTo } from './remotes.ts'
import { readTree } from './tree.ts'
import { assertWhole, remoteObjects } from './whole.ts'

/** A part of the repository, in DVC's words and in ours. */
const SELECTIONS: Readonly<Record<string, { readonly dvc: readonly string[]; readonly ours: Given }>> = {
  'an output': { dvc: ['data/raw'], ours: { targets: 'data/raw' } },
  'a file in a directory': { dvc: ['data/raw/a/one.txt'], ours: { targets: 'data/raw/a/one.txt' } },
  'a folder in a directory': { dvc: ['data/raw/a'], ours: { targets: 'data/raw/a' } },
  'a .dvc file': { dvc: ['data/list.csv.dvc'], ours: { targets: 'data/list.csv.dvc' } },
  // DVC's patterns match only what lies in the workspace, where a fresh clone has no data.
  'a pattern': { dvc: ['--glob', 'data/*.csv.dvc'], ours: { targets: 'data/*.csv' } },
  'a folder of the repository': { dvc: ['-R', 'data'], ours: { targets: 'data' } },
  'a stage': { dvc: ['train'], ours: { targets: 'train' } },
  'a stage by its file': { dvc: ['dvc.yaml:prepare'], ours: { targets: 'dvc.yaml:prepare' } },
  'a stage with what it depends on': {
    dvc: ['--with-deps', 'train'],
    ours: { targets: 'train', 'with-deps': 'true' },
  },
  'several of them': {
    dvc: ['data/raw/b', 'data/list.csv', 'prepare'],
    ours: { targets: 'data/raw/b\ndata/list.csv\nprepare' },
  },
}

const EVERYTHING = { isLost: () => false, keepsMode: () => false }

/** A part of a repository is the same part to both, and what ours keeps of runs is a run cache to DVC. */
export async function checkSelections(dvc: Dvc, s3: S3Peer, folder: string, check: Check): Promise<void> {
  const below = join(folder, `selections-${dvc.version}`)
  const root = join(below, 'made')
  const bucket = `selections-${dvc.version}`
  const cloneTo = async (path: string, prefix: string): Promise<string> => {
    await git(below, 'clone', '--quiet', `file://${root}`, path)
    await pointTo(path, { s3, bucket, prefix })
    return path
  }
  await s3.createBucket(bucket)
  await makePipeline(dvc, root)
  await pointTo(root, { s3, bucket, prefix: 'all' })
  await dvc.run(root, 'push')
  const parts = Object.keys(SELECTIONS).join(', ')
  await check(`of ${parts} dvc ${dvc.version} and ours bring the same`, async () => {
    for (const [name, { dvc: theirs, ours }] of Object.entries(SELECTIONS)) {
      const [one, two] = [join(below, `${name} by dvc`), join(below, `${name} by us`)]
      await dvc.run(await cloneTo(one, 'all'), 'pull', ...theirs)
      await succeed('dvc-pull', await cloneTo(two, 'all'), ours)
      const brought = await readTree(two, EVERYTHING)
      deepStrictEqual(brought, await readTree(one, EVERYTHING), name)
    }
  })
  await check(
    `of ${parts} ours sends what dvc ${dvc.version} sends, and what its lists promise`,
    async () => {
      for (const [at, [name, { dvc: theirs, ours }]] of Object.entries(SELECTIONS).entries()) {
        const places = { ours: `sent-${at}-ours`, theirs: `sent-${at}-theirs` }
        await pointTo(root, { s3, bucket, prefix: places.theirs })
        await dvc.run(root, 'push', ...theirs)
        await pointTo(root, { s3, bucket, prefix: places.ours })
        await succeed('dvc-push', root, ours)
        const sent = await remoteObjects({ s3, bucket, prefix: places.ours }, join(root, '.dvc/cache'))
        await assertWhole(name, sent)
        const wanted = await s3.objects(bucket, `${places.theirs}/store/`)
        deepStrictEqual({ ...sent.facts, ...wanted }, sent.facts, name)
        if (!/in a directory|several/.test(name)) deepStrictEqual(sent.facts, wanted, name)
      }
    },
  )
  await check(`the run cache that ours sends spares dvc ${dvc.version} the run of a stage`, async () => {
    await pointTo(root, { s3, bucket, prefix: 'runs' })
    await succeed('dvc-push', root, { 'run-cache': 'true' })
    const sent = await s3.objects(bucket, 'runs/')
    await dvc.run(root, 'push', '--run-cache')
    deepStrictEqual(await s3.objects(bucket, 'runs/'), sent)
    const clone = await cloneTo(join(below, 'runs'), 'runs')
    await dvc.run(clone, 'pull', '--run-cache')
    await rm(join(clone, 'dvc.lock'))
    await rm(join(clone, 'work'), { recursive: true })
    match(await dvc.run(clone, 'repro', 'prepare'), /Stage 'prepare' is cached/)
  })
}

async function succeed(action: string, workspace: string, given: Given): Promise<void> {
  const { code, text } = await runBundle(action, workspace, given)
  strictEqual(code, 0, text)
}

const PIPELINE = `stages:
  prepare:
    cmd: mkdir -p work && sort data/raw/a/one.txt data/list.csv > work/sorted.txt
    deps:
    - data/raw
    - data/list.csv
    outs:
    - work/sorted.txt
  train:
    cmd: mkdir -p model && wc work/sorted.txt > model/weights.txt
    deps:
    - work/sorted.txt
    outs:
    - model
`

async function makePipeline(dvc: Dvc, root: string): Promise<void> {
  await mkdir(join(root, 'data/raw/a'), { recursive: true })
  await mkdir(join(root, 'data/raw/b'))
  await git(root, 'init', '--quiet', '--initial-branch=main')
  await dvc.run(root, 'init')
  await writeFile(join(root, '.dvc/config'), COMMITTED_CONFIG)
  for (const [path, text] of Object.entries({
    'data/raw/a/one.txt': 'three\none\n',
    'data/raw/a/two.txt': 'two\n',
    'data/raw/b/three.txt': 'three\n',
    'data/list.csv': 'name\nann\n',
    'data/notes.txt': 'of the data\n',
    'dvc.yaml': PIPELINE,
  }))
    await writeFile(join(root, path), text)
  await dvc.run(root, 'add', 'data/raw', 'data/list.csv', 'data/notes.txt')
  await dvc.run(root, 'repro')
  await commitAll(root, 'a pipeline')
}
