import { posix } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import {
  appendIgnoreLine,
  type FileEdit,
  ignoreLine,
  type Output,
  recordFileOf,
  workspaceTree,
} from '@mlops-actions/dvc'
import {
  type Checkout,
  listTreeFiles,
  readBlobs,
  resolveRevision,
  uncommittedFiles,
} from '@mlops-actions/git'
import type { FileChange } from '@mlops-actions/gitops'
import type { Work } from './work.ts'

interface Recorded {
  /** Every output of the repository, as it is recorded now. */
  readonly outputs: readonly Output[]
  readonly edits: readonly FileEdit[]
}

/**
 * The files that name what is pushed and that are another in the last commit, with their texts: `.dvc` files, dvc.lock, and
 * of a `.gitignore` the lines for these outputs. Nothing else of the workspace.
 * @throws Failure `config` where one of them names data that this step does not push: nobody would have proven it
 */
export async function filesToCommit(
  { repository: { root }, binding }: Work,
  { outputs, edits }: Recorded,
  { checkout, prefix }: { readonly checkout: Checkout; readonly prefix: string },
): Promise<readonly FileChange[]> {
  const texts = new Map(edits.map(({ file, text }) => [file, text]))
  const tree = workspaceTree(root)
  const read = async (file: string) => texts.get(file) ?? (await tree.read(file))
  const sources = [...new Set(binding.outputs.map(recordFileOf))]
  const ignores = [
    ...new Set(binding.outputs.map(({ path }) => posix.join(posix.dirname(path), '.gitignore'))),
  ]
  const committed = await readCommitted(checkout, prefix, [...sources, ...ignores, ...texts.keys()])
  const dirty = new Set([...(await uncommittedFiles(checkout, [...sources, ...ignores])), ...texts.keys()])
  const changes: FileChange[] = []
  for (const file of dirty) {
    const [base, text] = [committed.get(file), await read(file)]
    if (text === undefined || text === base) continue
    if (posix.basename(file) === '.gitignore') {
      const added = withLinesOf(namesBeside(file, binding.outputs), base, text)
      if (added !== base && added !== undefined)
        changes.push({ path: posix.join(prefix, file), base, text: added, onConflict: 'add-lines' })
      continue
    }
    assertPushed('commit', file, outputs, binding.outputs)
    changes.push({ path: posix.join(prefix, file), base, text, onConflict: 'fail' })
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** What the last commit has of them, as text. */
async function readCommitted(
  checkout: Checkout,
  prefix: string,
  files: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map(files.map((file) => [posix.join(prefix, file), file]))
  const tree = await listTreeFiles(checkout, await resolveRevision(checkout, 'HEAD'))
  const found = tree.filter(({ path, kind }) => kind === 'file' && wanted.has(path))
  const blobs = await readBlobs(
    checkout,
    found.map(({ oid }) => oid),
  )
  return new Map(
    found.map(({ path, oid }) => [wanted.get(path) ?? path, blobs.get(oid)?.toString('utf8') ?? '']),
  )
}

function namesBeside(ignoreFile: string, outputs: readonly Output[]): readonly string[] {
  const folder = posix.dirname(ignoreFile)
  return outputs.filter(({ path }) => posix.dirname(path) === folder).map(({ path }) => posix.basename(path))
}

/** The committed text with those of the lines for these names that were added to it; as it is where none was. */
function withLinesOf(names: readonly string[], base: string | undefined, text: string): string | undefined {
  const linesOf = (file = '') => new Set(file.split(/\r?\n/))
  const [known, here] = [linesOf(base), linesOf(text)]
  const added = names.filter((name) => here.has(ignoreLine(name)) && !known.has(ignoreLine(name)))
  return added.reduce(appendIgnoreLine, base)
}

/**
 * What is recorded has to be pushed by the same step: otherwise a file would name data that nobody else has.
 * @throws Failure `config`
 */
export function assertRecordedIsPushed({ outputs, edits }: Recorded, { binding }: Work): void {
  for (const { file } of edits)
    if (posix.basename(file) !== '.gitignore') assertPushed('record', file, outputs, binding.outputs)
}

/** Neither a commit nor a record may name an object that nobody has looked for. */
function assertPushed(
  what: 'commit' | 'record',
  file: string,
  outputs: readonly Output[],
  pushed: Work['binding']['outputs'],
): void {
  const whole = new Set(pushed.filter(({ parts }) => parts === undefined).map(({ path }) => path))
  const others = outputs.filter(
    (output) => recordFileOf(output) === file && isKept(output) && !whole.has(output.path),
  )
  if (others.length === 0) return
  throw new Failure({
    kind: 'config',
    code: 'DVC_COMMIT_PARTIAL',
    what: `Cannot ${what} a file that names more than is pushed`,
    on: file,
    seen: `it names ${others
      .slice(0, 5)
      .map(({ path }) => path)
      .join(', ')}, which this step does not push`,
    next: 'Push all of it: name the rest in `targets` too, or leave `targets` and `remote` out',
  })
}

/** Whether a remote is to have it. */
function isKept({ oid, cache, push, origin }: Output): boolean {
  return oid !== undefined && cache && push && origin === undefined
}
