import type { StoredObject } from '../store/store.ts'
import { contentId, type WantedFile } from './wanted.ts'
import type { FileState } from './workspace-state.ts'

/**
 * What a pull does about one file.
 * - `keep`: the workspace has it, or the cache where it belongs nowhere else
 * - `place`: the cache has its content
 * - `fetch`: its content comes from the remote, or from another repository's Git
 * - `leave`: nobody has it, and nobody promised it (`push: false`)
 */
export type PullStep = 'keep' | 'place' | 'fetch' | 'leave'

/**
 * What keeps a pull from being whole.
 * - `missing`: no cache and no remote has the object
 * - `unrecorded`: a stage names an output that dvc.lock does not know, or a `.dvc` file has no hash
 * - `corrupt`: the bytes in the cache or in the remote are not what their name says
 * - `archived`: the remote has the object where nobody can read it before it is restored
 * - `changed`: the workspace holds something else, which nothing else holds
 * - `blocked`: a link or a file stands where a folder has to be
 */
export type PullProblemKind = 'missing' | 'unrecorded' | 'corrupt' | 'archived' | 'changed' | 'blocked'

export interface PullProblem {
  readonly kind: PullProblemKind
  readonly path: string
  readonly source: string
  readonly oid: string | undefined
  /** What was seen, as half a sentence. */
  readonly seen: string
  /** Of `archived`: which object has to be restored. */
  readonly frozen?: FrozenObject | undefined
}

/** An object that nobody can read. */
export interface FrozenObject {
  readonly bucket: string
  readonly key: string
  /** Whether somebody has asked for it already. */
  readonly restoring: boolean
}

/** An object, and the remote that has it. */
export interface FoundObject extends StoredObject {
  readonly remote: string
  readonly frozen?: FrozenObject | undefined
}

export interface PullPlan {
  readonly files: readonly { readonly file: WantedFile; readonly step: PullStep }[]
  /** By content id: bytes of what is fetched or placed, where they are known. */
  readonly sizes: ReadonlyMap<string, number>
  /** What the remotes have of it, by content id. */
  readonly stored: ReadonlyMap<string, FoundObject>
  readonly problems: readonly PullProblem[]
  /** Files that stand where a folder has to be, and go by force. */
  readonly obstacles: readonly string[]
  /** Files that are what they should be, and lack their executable bit. */
  readonly unexecutable: readonly string[]
}

/** What was found before anything is written. */
export interface PullFacts {
  readonly workspace: ReadonlyMap<string, FileState>
  /** Bytes of the objects in the cache that are what their names say, by content id. */
  readonly cached: ReadonlyMap<string, number>
  /** Content ids of objects in the cache that are something else. */
  readonly corrupt: ReadonlySet<string>
  /** What the remotes have, by content id. */
  readonly stored: ReadonlyMap<string, FoundObject>
  /** MD5s of contents that the cache holds, so that replacing a file loses nothing. */
  readonly recoverable: ReadonlySet<string>
}

/**
 * Pure: what is to be done, and what can be done by nobody. Without `force` nothing is replaced that no cache holds
 * (`dvc checkout` asks in such a case, dvc/repo/checkout.py).
 */
export function planPull(files: readonly WantedFile[], facts: PullFacts, force: boolean): PullPlan {
  const steps: { file: WantedFile; step: PullStep }[] = []
  const sizes = new Map<string, number>()
  const problems: PullProblem[] = []
  const obstacles = new Set<string>()
  const unexecutable: string[] = []
  for (const file of files) {
    const state = facts.workspace.get(file.path) ?? { kind: 'absent' }
    const id = contentId(file)
    const step = stepOf(file, state, facts)
    const problem = problemOf(file, step, state, facts, force)
    if (problem !== undefined) problems.push(problem)
    else if (state.kind === 'blocked') obstacles.add(state.by)
    if (state.kind === 'same' && state.lacksBit === true) unexecutable.push(file.path)
    steps.push({ file, step })
    const size = {
      fetch: facts.stored.get(id)?.size,
      place: facts.cached.get(id),
      keep: undefined,
      leave: undefined,
    }[step]
    if (size !== undefined) sizes.set(id, size)
  }
  return { files: steps, sizes, stored: facts.stored, problems, obstacles: [...obstacles], unexecutable }
}

function stepOf(file: WantedFile, state: FileState, { cached, stored }: PullFacts): PullStep {
  if (state.kind === 'same') return 'keep'
  if (cached.has(contentId(file))) return file.cacheOnly ? 'keep' : 'place'
  return file.optional && !stored.has(contentId(file)) ? 'leave' : 'fetch'
}

function problemOf(
  file: WantedFile,
  step: PullStep,
  state: FileState,
  { stored, corrupt, recoverable }: PullFacts,
  force: boolean,
): PullProblem | undefined {
  if (step === 'leave') return undefined
  const { path, source, oid, supply } = file
  const problem = (kind: PullProblemKind, seen: string) => ({ kind, path, source, oid, seen })
  if (state.kind === 'blocked' && (state.isLink || !force))
    return problem(
      'blocked',
      `${state.by} is a ${state.isLink ? 'symbolic link, which could lead anywhere' : 'file'}, and a folder has to stand there`,
    )
  if (state.kind === 'folder' && !force) return problem('changed', 'a folder stands in the place of the file')
  if (state.kind === 'other' && !force && !recoverable.has(state.md5))
    return problem(
      'changed',
      state.md5 === ''
        ? 'what stands in the place of the file is none: a link to no file, a pipe or a device'
        : 'the file in the workspace is another one, and no cache holds its content',
    )
  if (step !== 'fetch' || supply.kind === 'git') return undefined
  const found = stored.get(contentId(file))
  if (found !== undefined) return unreadable(file, found)
  return corrupt.has(contentId(file))
    ? problem('corrupt', 'the cache holds other bytes under its name, and the remote does not have it')
    : problem('missing', `neither the cache nor the remote "${supply.remote}" has it`)
}

/** What of an object that is there shows before a byte of it comes that it is no use. */
function unreadable(
  { path, source, oid, size }: WantedFile,
  { frozen, remote, ...stored }: FoundObject,
): PullProblem | undefined {
  const named = { path, source, oid }
  // An ETag that is the MD5 says that the record of the size is what is wrong; the hash of what comes decides.
  if (size !== undefined && size !== stored.size && stored.etag !== oid)
    return {
      ...named,
      kind: 'corrupt',
      seen: `the remote holds ${stored.size} bytes under its name, and ${size} were recorded`,
    }
  if (frozen === undefined) return undefined
  const state = frozen.restoring ? ', and is being restored' : ''
  return {
    ...named,
    kind: 'archived',
    seen: `it lies in an archive of the remote "${remote}"${state}`,
    frozen,
  }
}

/** Files that are in the way of nobody but were not recorded either are no part of a plan; this counts bytes to fetch. */
export function bytesToFetch({ files, sizes }: PullPlan): number {
  const wanted = new Set(files.filter(({ step }) => step === 'fetch').map(({ file }) => contentId(file)))
  return [...wanted].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0)
}
