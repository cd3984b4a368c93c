import { basename, dirname } from 'node:path'
import type { HashName } from '../repository/output.ts'

/** A file by its folder, a text that all of a folder share, and its name there: there may be a hundred thousand of them. */
export interface FilePlace {
  /** Absolute, links resolved. */
  readonly folder: string
  /** Posix, below the folder. */
  readonly name: string
}

/** The path of a file. */
export function fileOf({ folder, name }: FilePlace): string {
  return `${folder}/${name}`
}

/** The place of the file with this path. */
export function placeOf(path: string): FilePlace {
  return { folder: dirname(path), name: basename(path) }
}

/** Where the bytes of an object are on this machine. */
export interface Place extends FilePlace {
  readonly from: 'workspace' | 'cache'
  /** Bytes. */
  readonly size: number
  /** Whether the content has been hashed and is the object's. */
  readonly verified: boolean
}

/** One object that the outputs need in one remote. */
export interface TrackedObject {
  /** Unique among the objects of an inventory. */
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
  /** Of a `.dir` object: bytes of all its files together, where they were recorded. */
  readonly recorded?: number | undefined
  /** The first file or directory that needs it, relative to the root, for sentences. */
  readonly path: string
  readonly source: string
}

/** The id of an object by its remote, hash name and oid. */
export type ObjectIds = (remote: string, hash: HashName, oid: string) => string

/** Ids for one inventory. Of most objects it is the oid, a text that is there already: all are of one remote and one hash. */
export function createObjectIds(): ObjectIds {
  let most: { readonly remote: string; readonly hash: HashName } | undefined
  return (remote, hash, oid) => {
    most ??= { remote, hash }
    return remote === most.remote && hash === most.hash ? oid : `${remote} ${hash} ${oid}`
  }
}
