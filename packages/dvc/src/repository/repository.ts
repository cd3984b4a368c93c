import { lstat } from 'node:fs/promises'
import { join, posix, resolve } from 'node:path'
import { invalidFile } from '../invalid.ts'
import { collectStages, type Stage } from './collect.ts'
import { type DvcConfig, mergeConfig } from './config.ts'
import { readLevels } from './config-levels.ts'
import type { Output } from './output.ts'
import { type Bounds, boundsOf } from './paths.ts'
import { type FileTree, workspaceTree } from './tree.ts'

/** A DVC repository as the files of its checkout, or of one of its commits, describe it. */
export interface Repository {
  /** Absolute path, also where `tree` is that of a commit. */
  readonly root: string
  readonly bounds: Bounds
  readonly config: DvcConfig
  /** In the order of their paths. */
  readonly outputs: readonly Output[]
  /** What makes outputs: `.dvc` files, and the stages of pipelines. */
  readonly stages: readonly Stage[]
  /** Files of DVC that git or `.dvcignore` hides, and that therefore do not count. */
  readonly hidden: readonly string[]
}

export interface ReadOptions {
  /** Says where the configuration of the machine and of the user lies; none of either is read without it. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The files to read; those of the workspace where left out. */
  readonly tree?: FileTree
}

/**
 * Reads the repository at `path`: its configuration and every `.dvc` and dvc.yaml in it.
 * @throws Failure `config` for the first file that cannot be read as what it should be
 */
export async function readRepository(
  path: string,
  { env = {}, tree }: ReadOptions = {},
): Promise<Repository> {
  const root = resolve(path)
  await assertRepository(root)
  const files = tree ?? workspaceTree(root)
  const config = mergeConfig(root, await readLevels({ root, tree: files, env }))
  const { stages, hidden } = await collectStages(files)
  return {
    root,
    bounds: await boundsOf(root, config.cacheDir),
    config,
    outputs: arrange(stages),
    stages,
    hidden,
  }
}

/** Sentences about what DVC leaves out without a word: the data that these files name would be missed by somebody. */
export function hiddenWarnings({ hidden }: Pick<Repository, 'hidden'>): readonly string[] {
  return hidden.map(
    (file) =>
      `${file} is ignored (.gitignore or .dvcignore), so that DVC does not see it, and this step does not either`,
  )
}

/** A repository that is read from a commit alone: another one, of which nothing lies on this machine. */
export async function readCommittedRepository(
  tree: FileTree,
  env: ReadOptions['env'] = {},
): Promise<Pick<Repository, 'config' | 'outputs' | 'stages'>> {
  const nowhere = '/nonexistent'
  const config = mergeConfig(nowhere, await readLevels({ root: nowhere, tree, env }))
  const { stages } = await collectStages(tree)
  return { config, outputs: arrange(stages), stages }
}

async function assertRepository(root: string): Promise<void> {
  const found = await lstat(join(root, '.dvc')).catch(() => undefined)
  if (found?.isDirectory() === true) return
  throw invalidFile(
    `path: ${root}`,
    'there is no DVC repository: no folder .dvc in it',
    'Check out the repository before this step (actions/checkout), and give `path` where it is not the root',
    'DVC_NO_REPOSITORY',
  )
}

/** Sorted; what lies inside of another output belongs to its data; two that claim one path are a mistake. */
function arrange(stages: readonly Stage[]): readonly Output[] {
  const byPath = new Map<string, Output>()
  for (const output of stages.flatMap(({ outputs }) => outputs)) {
    const other = byPath.get(output.path)
    if (other !== undefined)
      throw invalidFile(
        output.source,
        `the output ${output.path} is named by ${other.source} as well`,
        'Remove it from one of them',
      )
    byPath.set(output.path, output)
  }
  const isData = (source: string) => {
    const parts = source.split('/')
    return parts.some((_, at) => at > 0 && byPath.has(parts.slice(0, at).join('/')))
  }
  const outputs = [...byPath.values()].filter(({ source }) => !isData(source))
  for (const output of outputs) assertOutside(output, outputAround(output, byPath))
  return outputs.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function outputAround({ path }: Output, byPath: ReadonlyMap<string, Output>): Output | undefined {
  for (let above = posix.dirname(path); above !== '.'; above = posix.dirname(above)) {
    const around = byPath.get(above)
    if (around !== undefined) return around
  }
  return undefined
}

/** DVC refuses it wherever it looks at all outputs (`dvc add`, `dvc repro`); a pull of the one would remove the other. */
function assertOutside({ source, path }: Output, around: Output | undefined): void {
  if (around === undefined) return
  throw invalidFile(
    source,
    `its output ${path} lies inside of ${around.path}, which ${around.source} names`,
    'Remove one of them, or keep them in folders beside each other',
  )
}
