import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import type { RepositoryPlan } from './plan.ts'
import type { PipelinePlan } from './plan-pipelines.ts'
import { IGNORE_FILE, isIgnoredByDvc, LINKED, type TrackedPlan } from './plan-tracked.ts'
import type { Registry } from './registry.ts'
import { COMMITTED_CONFIG, type Place, pointTo } from './remotes.ts'
import { type Restored, writeNode } from './tree.ts'

type Commands = Pick<Dvc, 'run'>

/** What makes repositories. */
export interface Makers {
  readonly dvc: Commands
  readonly legacy: Commands
  readonly registry: Pick<Registry, 'url' | 'folder'>
}

/** A repository that the real DVC has made, committed, with all of its data in the workspace and in the cache. */
export interface Made {
  /** Folder of the git repository. */
  readonly checkout: string
  /** Folder of the DVC repository. */
  readonly root: string
  readonly restored: Restored
  /** Outputs of `root` that a push leaves where they are: `push: false`. */
  readonly unpushed: readonly string[]
  /** The `.dvc` files of what was added and is pushed, relative to `root`, with their outputs. */
  readonly added: readonly string[]
}

/** Makes the planned repository in a folder. */
export async function buildRepository(
  plan: RepositoryPlan,
  checkout: string,
  { dvc, legacy, registry }: Makers,
  place: Place,
): Promise<Made> {
  const root = join(checkout, plan.root)
  await mkdir(root, { recursive: true })
  await git(checkout, 'init', '--initial-branch=main')
  await dvc.run(root, 'init', ...(plan.root === '' ? [] : ['--subdir']))
  await writeFile(join(root, '.dvc/config'), COMMITTED_CONFIG)
  await pointTo(root, place)
  await appendFile(join(root, '.dvcignore'), IGNORE_FILE)
  await track(legacy, root, plan.legacy)
  await reproduce(legacy, root, plan.legacyPipelines)
  await track(dvc, root, plan.tracked)
  await reproduce(dvc, root, plan.pipelines)
  for (const { command, from, to } of plan.imports) {
    await mkdir(join(root, posix.dirname(to)), { recursive: true })
    const source = command === 'import' ? [registry.url, from] : [join(registry.folder, from)]
    await dvc.run(root, command, ...source, ...(command === 'import' ? ['-o', to] : [to]))
  }
  if (plan.nested) await nest(dvc, root)
  await commitAll(checkout, 'data')
  return { checkout, root, ...describe(plan) }
}

async function track(dvc: Commands, root: string, tracked: readonly TrackedPlan[]): Promise<void> {
  if (tracked.length === 0) return
  for (const { path, node } of tracked) {
    await writeNode(join(root, path), node)
    if (node.kind === 'link') await writeFile(join(root, posix.dirname(path), LINKED), 'linked')
  }
  await dvc.run(root, 'add', ...tracked.map(({ path }) => `./${path}`))
  for (const { path, remote, push, remarks } of tracked) {
    const file = join(root, `${path}.dvc`)
    const text = await readFile(file, 'utf8')
    const flags = [
      ...(remote === undefined ? [] : [`  remote: ${remote}\n`]),
      ...(push ? [] : ['  push: false\n']),
    ]
    // In the form in which DVC writes them itself: it brings others into it when it next writes the file.
    const remark = remarks ? "  desc: 'weights: of #1'   # by ann\nmeta:\n  owner: [ann, bob]\n" : ''
    await writeFile(file, `${remarks ? '# kept\n' : ''}${text}${flags.join('')}${remark}`)
  }
}

async function reproduce(dvc: Commands, root: string, pipelines: readonly PipelinePlan[]): Promise<void> {
  for (const { folder, files } of pipelines) {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(root, folder, posix.dirname(path)), { recursive: true })
      await writeFile(join(root, folder, path), text)
    }
    await dvc.run(join(root, folder), 'repro', './dvc.yaml')
  }
}

/** Another DVC repository inside, with data that is no business of the outer one. */
async function nest(dvc: Commands, root: string): Promise<void> {
  const inner = join(root, 'nested')
  await mkdir(inner)
  await dvc.run(inner, 'init', '--subdir')
  await writeFile(join(inner, 'theirs.bin'), 'not ours')
  await dvc.run(inner, 'add', 'theirs.bin')
}

function describe(plan: RepositoryPlan): Pick<Made, 'restored' | 'unpushed' | 'added'> {
  const tracked = [...plan.legacy, ...plan.tracked]
  const pipelines = [...plan.legacyPipelines, ...plan.pipelines]
  const unpushed = [
    ...tracked.filter(({ push }) => !push).map(({ path }) => path),
    ...pipelines.flatMap((pipeline) => pipeline.unpushed.map((path) => posix.join(pipeline.folder, path))),
  ]
  const lost = [...unpushed, ...(plan.nested ? ['nested/theirs.bin'] : [])]
  const isBelow = (path: string, above: string) => path === above || path.startsWith(`${above}/`)
  return {
    unpushed,
    added: tracked.filter(({ push }) => push).map(({ path }) => path),
    restored: {
      isLost: (path) => lost.some((one) => isBelow(path, one)) || isIgnoredByDvc(path),
      // When DVC cannot pull everything, it sets no executable bit on the rest either.
      keepsMode: (path) =>
        unpushed.length === 0 && tracked.some((one) => one.node.kind === 'file' && one.path === path),
    },
  }
}
