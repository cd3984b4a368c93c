import { Failure } from '@mlops-actions/diagnostics'
import type { BranchState, CommittedFile } from '../branch/branch.ts'
import type { Decision } from '../branch/land.ts'
import { formatMessage } from '../trailers/trailers.ts'
import { formatDiff } from './diff.ts'

/** A whole file as it shall be on the branch. */
export interface FileChange {
  /** Posix, relative to the root of the repository. */
  readonly path: string
  /** What it was made from; undefined where it is new. */
  readonly base: string | undefined
  readonly text: string
  /** What to do where the branch has a third version: lines can be added to that one, other files are nobody's to merge. */
  readonly onConflict: 'fail' | 'add-lines'
}

export interface FilesRequest {
  /** For people, in sentences: `acme/churn main`. */
  readonly label: string
  readonly changes: readonly FileChange[]
  readonly message: string
  readonly trailers: Iterable<readonly [string, string | undefined]>
}

export interface FilesResult {
  /** Paths that are not on the branch as they shall be. */
  readonly written: readonly string[]
  /** As `diff -u` writes it. */
  readonly diff: string
}

/**
 * Puts the files onto the head of the branch, or finds them there. Pure; made anew for every head.
 * @throws Failure GITOPS_FILE_CONFLICT where somebody else has changed one of them meanwhile
 */
export function decideFiles(request: FilesRequest, state: BranchState): Decision<FilesResult> {
  const written = request.changes.flatMap((change) => planFile(request.label, change, state))
  const diff = written.map(({ path, before, text }) => formatDiff(path, before ?? '', text)).join('\n')
  const result = { written: written.map(({ path }) => path), diff }
  if (written.length === 0) return { result }
  const files = written.map(({ path, mode, text }) => ({ path, mode, bytes: Buffer.from(text) }))
  return { draft: { files, message: formatMessage(request.message, request.trailers) }, result }
}

interface PlannedFile extends Pick<CommittedFile, 'path' | 'mode'> {
  readonly before: string | undefined
  readonly text: string
}

/** Nothing where the branch has it already. */
function planFile(label: string, change: FileChange, { files }: BranchState): readonly PlannedFile[] {
  const { path, base, onConflict } = change
  const theirs = files.find((file) => file.path === path)
  const before = theirs?.bytes.toString('utf8')
  if (before === change.text) return []
  if (before !== base && onConflict === 'fail') throw conflict(label, path, before === undefined)
  const text = before === base ? change.text : addLines(before ?? '', base ?? '', change.text)
  return text === before ? [] : [{ path, mode: theirs?.mode ?? '100644', before, text }]
}

/** The lines that were added to the base, at the end of what others have made of it. */
function addLines(theirs: string, base: string, text: string): string {
  const known = new Set([...base.split('\n'), ...theirs.split('\n')])
  const added = text.split('\n').filter((line) => !known.has(line))
  if (added.length === 0) return theirs
  const end = theirs === '' || theirs.endsWith('\n') ? '' : '\n'
  return `${theirs}${end}${added.join('\n')}\n`
}

function conflict(label: string, path: string, isGone: boolean): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'GITOPS_FILE_CONFLICT',
    what: 'Somebody else has changed the same file',
    on: `${path} in ${label}`,
    seen: isGone
      ? 'the branch does not have the file any more that was changed here'
      : 'the branch has another version of it than the one that was changed here',
    next: 'Start from the newest commit of the branch, and decide which version is meant',
    retryable: false,
  })
}
