import { posix } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { parseDvcFile } from '../formats/dvc-file.wire.ts'
import { editDvcFile, type Recorded } from '../formats/dvc-file-edit.wire.ts'
import { invalidFile, unsupported } from '../invalid.ts'
import { hashFile } from '../objects/hash.ts'
import { readDirectory } from '../objects/local-directory.ts'
import type { HashName, Output } from '../repository/output.ts'
import { findInside, repositoryPath } from '../repository/paths.ts'
import type { Repository } from '../repository/repository.ts'
import { workspaceTree } from '../repository/tree.ts'
import { addOutput, type GitFacts } from './add.ts'
import { noData, recordDirectory, recordFile } from './measure.ts'
import { createTexts, type FileEdit, type Texts } from './texts.ts'

/** Outputs as they are now, and the files that say so. */
export interface Recording {
  readonly outputs: readonly Output[]
  readonly edits: readonly FileEdit[]
}

/** What is to be recorded. */
export interface RecordOrder {
  /** Paths of outputs, of `.dvc` files, and of data that nothing tracks yet. */
  readonly add: readonly string[]
  /** Also every output of a `.dvc` file that is in the workspace and differs (`dvc commit`). */
  readonly changed: boolean
}

/** Every path whose data `recordOutputs` reads and records: of what lies in a tracked directory, the directory. */
export async function pathsToRecord(
  repository: Repository,
  { add, changed }: RecordOrder,
): Promise<readonly string[]> {
  const named = add.map((path) => findOutput(repository, path)?.path ?? posix.normalize(path))
  const others = changed ? await changeable(repository) : []
  return [...named, ...others.map(({ path }) => path)]
}

/**
 * What `dvc add` and `dvc commit` make of data in the workspace: `.dvc` files and `.gitignore` as they should read.
 * Nothing is written. Outputs of a pipeline are made by running it, so they are refused here.
 * @param git what git says of paths; undefined where the repository is in no git
 * @throws Failure `config` for what cannot be recorded, with what to do
 */
export async function recordOutputs(
  world: Pick<World, 'signal'>,
  repository: Repository,
  { add, changed }: RecordOrder,
  git: GitFacts | undefined,
): Promise<Recording> {
  const texts = createTexts(workspaceTree(repository.root))
  const recorded = new Map<string, Output>()
  const named = add.map((path) => ({ path, output: findOutput(repository, path) }))
  for (const { path, output } of named) {
    if (output !== undefined) await assertThere(repository, output, path)
    const now =
      output === undefined
        ? await addOutput(world, repository, texts, path, git)
        : await recordAgain(world, repository, texts, output, { on: `add: ${path}`, asAdd: true })
    if (now !== undefined) recorded.set(now.path, now)
  }
  for (const output of changed ? await changeable(repository) : []) {
    const now = await recordAgain(world, repository, texts, output, { on: output.source, asAdd: false })
    if (now !== undefined) recorded.set(now.path, now)
  }
  const known = new Set(repository.outputs.map(({ path }) => path))
  const added = [...recorded.values()].filter(({ path }) => !known.has(path))
  return {
    outputs: [...repository.outputs.map((output) => recorded.get(output.path) ?? output), ...added],
    edits: texts.edits(),
  }
}

/**
 * Undefined where it is what was recorded. `dvc add` also records that the executable bit alone came or went, in a file of
 * DVC 2 without making it one of DVC 3; `dvc commit` looks at the content alone.
 */
async function recordAgain(
  world: Pick<World, 'signal'>,
  { bounds }: Repository,
  texts: Texts,
  output: Output,
  { on, asAdd }: { readonly on: string; readonly asAdd: boolean },
): Promise<Output | undefined> {
  assertOwn(output, on)
  const found = await findInside(bounds, output.path)
  if (found.kind === 'absent' || found.kind === 'other') throw noData(found.kind, on)
  const hashed = async (hash: HashName): Promise<Recorded> =>
    found.kind === 'directory'
      ? recordDirectory(await readDirectory(world, bounds, { ...output, hash }))
      : recordFile(found.realPath, await hashFile(found.realPath, hash, world.signal))
  const same = await hashed(output.hash)
  const isSame = same.oid === output.oid
  if (isSame && (!asAdd || same.isexec === output.isexec)) return undefined
  const hash = isSame ? output.hash : 'md5'
  const now = hash === output.hash ? same : await hashed('md5')
  const before = (await texts.read(output.source)) ?? ''
  texts.change(
    output.source,
    editDvcFile(before, output.source, writtenPath(before, output), { ...now, hash }),
  )
  return { ...output, oid: now.oid, size: now.size, nfiles: now.nfiles, isexec: now.isexec, hash }
}

/** Of what lies in a tracked directory the directory is recorded, and a name that is misspelt would go unnoticed. */
async function assertThere({ bounds }: Repository, output: Output, path: string): Promise<void> {
  const named = posix.normalize(path).replace(/\/$/, '')
  if (!named.startsWith(`${output.path}/`) || (await findInside(bounds, named)).kind !== 'absent') return
  throw invalidFile(
    `add: ${path}`,
    'it is not in the workspace',
    `Make the data before this step; to record that it is gone, add ${output.path}`,
    'DVC_ADD',
  )
}

/** Outputs of `.dvc` files whose data is here. */
async function changeable({ outputs, bounds }: Repository): Promise<readonly Output[]> {
  const here: Output[] = []
  for (const output of outputs) {
    if (!output.source.endsWith('.dvc') || output.origin !== undefined) continue
    if ((await findInside(bounds, output.path)).kind !== 'absent') here.push(output)
  }
  return here
}

/** The output that a path names, or in whose directory it lies. */
function findOutput({ outputs }: Repository, path: string): Output | undefined {
  const wanted = posix.normalize(path).replace(/\/$/, '')
  return (
    outputs.find((known) => known.path === wanted || known.source === wanted) ??
    outputs.find((known) => wanted.startsWith(`${known.path}/`))
  )
}

function assertOwn(output: Output, on: string): void {
  if (output.origin !== undefined)
    throw unsupported(on, 'it was imported from another repository', 'Run `dvc update`')
  if (!output.source.endsWith('.dvc'))
    throw unsupported(
      on,
      `it is an output of the pipeline (${output.source})`,
      'Run the pipeline (`dvc repro`) or `dvc commit`',
    )
}

/** The path as the file writes it: relative to its own folder and wdir. */
function writtenPath(text: string, { source, path }: Output): string {
  const { wdir, outs } = parseDvcFile(text, source)
  const folder = posix.join(posix.dirname(source), wdir)
  return outs.find((out) => repositoryPath(folder, out.path, source) === path)?.path ?? path
}
