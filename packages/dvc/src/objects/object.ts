import type { HashName } from '../repository/output.ts'

/** Where the bytes of an object are on this machine. */
export interface Place {
  readonly from: 'workspace' | 'cache'
  /** Absolute, links resolved. */
  readonly file: string
  /** Bytes. */
  readonly size: number
  /** Whether the content has been hashed and is the object's. */
  readonly verified: boolean
}

/** One object that the outputs need in one remote. */
export interface TrackedObject {
  /** Unique: remote, hash name and oid. */
  readonly id: string
  readonly remote: string
  readonly hash: HashName
  readonly oid: string
  /** Bytes where they are known. */
  readonly size: number | undefined
  readonly place: Place | undefined
  /** The content of a `.dir` object, which is built rather than read. */
  readonly bytes: Buffer | undefined
  /** Ids of the objects that a `.dir` object promises. */
  readonly members: readonly string[]
  /** The first file or directory that needs it, relative to the root, for sentences. */
  readonly path: string
  readonly source: string
}

export function objectId(remote: string, hash: HashName, oid: string): string {
  return `${remote} ${hash} ${oid}`
}
