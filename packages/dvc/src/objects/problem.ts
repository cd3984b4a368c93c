import type { Output } from '../repository/output.ts'

/**
 * What keeps a push from being whole. DVC itself ends all of these with exit status 0.
 * - `missing`: neither workspace nor cache nor remote has the object
 * - `stale`: the workspace holds something else than the repository names
 * - `corrupt`: the bytes in the cache or in the remote are not what their name says
 * - `broken`: the remote promises it (a list of files names it, or its key holds other bytes) and does not have it
 * - `unrecorded`: a stage names an output that dvc.lock does not know, or a `.dvc` file has no hash
 *
 * And what keeps a commit from being whole for others, which a push would put right:
 * - `unpushed`: this machine has the object, and the remote does not
 */
export type ProblemKind = 'missing' | 'stale' | 'corrupt' | 'broken' | 'unrecorded' | 'unpushed'

export interface Problem {
  readonly kind: ProblemKind
  /** The output, or the file in it, relative to the root. */
  readonly path: string
  /** The `.dvc` file or stage that names it. */
  readonly source: string
  readonly oid: string | undefined
  /** What was seen, as half a sentence. */
  readonly seen: string
}

/** Of an output that nothing was recorded of: there is no object that could be sent or brought. */
export function unrecorded({ path, source }: Pick<Output, 'path' | 'source'>) {
  const inLock = source.includes('dvc.yaml:')
  const seen = inLock
    ? 'dvc.lock does not name it: the stage has not been run, or its lock not committed'
    : 'it has no md5'
  return { kind: 'unrecorded', path, source, oid: undefined, seen } as const
}
