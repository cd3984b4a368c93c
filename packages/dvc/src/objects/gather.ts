import { posix } from 'node:path'
import type { DirEntry } from '../formats/dir-object.wire.ts'
import { isDirectoryOid, type Output } from '../repository/output.ts'
import { assertSelected, isSelected, selectedEntries } from '../repository/parts.ts'
import type { AbsentFile, BoundOutput, Inventory } from './inventory.ts'
import { objectPath } from './keys.ts'
import type { Listing } from './listing.ts'
import type { Local, LocalFile } from './local.ts'
import { describeDifference, type LocalDirectory } from './local-directory.ts'
import type { Located } from './locate.ts'
import {
  createObjectIds,
  type FilePlace,
  type ObjectIds,
  type Place,
  placeOf,
  type TrackedObject,
} from './object.ts'
import { type Problem, unrecorded } from './problem.ts'

/** Everything that was found out about the outputs, before it is put together. */
export interface Known {
  readonly located: readonly Located<BoundOutput>[]
  readonly local: Local
  /** Of the directories that are not in the workspace as they were recorded. */
  readonly listings: ReadonlyMap<Output, Listing | Problem>
}

interface Gathering extends Known {
  /** By path of the object. */
  readonly cached: ReadonlyMap<string, Place>
  readonly objects: Map<string, TrackedObject>
  readonly idOf: ObjectIds
  readonly directories: Map<string, readonly DirEntry[]>
  readonly absent: AbsentFile[]
  readonly problems: Problem[]
}

/** Of every file: a list of its own for each would be kept as long as the object. */
const NONE: readonly string[] = []

/** Pure: the objects that the outputs need, each with the best place for it, and what is wrong with the outputs. */
export function gatherObjects(
  outputs: readonly Output[],
  known: Known,
  cached: ReadonlyMap<string, Place>,
): Inventory {
  const problems: Problem[] = outputs.filter(({ oid }) => oid === undefined).map(unrecorded)
  const found = { objects: new Map(), idOf: createObjectIds(), directories: new Map(), absent: [], problems }
  const gathering: Gathering = { ...known, cached, ...found }
  for (const one of known.located) {
    if (one.kind === 'stranger') problems.push(stale(one.output, one.seen))
    if (isDirectoryOid(one.oid)) addDirectory(gathering, one)
    else addFile(gathering, one)
  }
  // And nothing of what it was made of, which is as much again.
  return found
}

function addFile(gathering: Gathering, { output, oid, kind }: Located<BoundOutput>): void {
  const { path, source, hash } = output
  const file = gathering.local.files.get(output)
  const difference = file === undefined ? undefined : differenceOf(output, oid, file)
  if (difference !== undefined) gathering.problems.push(stale(output, difference))
  let place: Place | undefined
  if (file !== undefined && difference === undefined)
    place = inWorkspace(placeOf(file.realPath), file.size, file.md5 !== undefined)
  else if (kind === 'absent') place = gathering.cached.get(objectPath(oid, hash))
  const size = place?.size ?? (hash === 'md5' ? output.size : undefined)
  const id = addObject(gathering, { output, oid, place, bytes: undefined, members: NONE, path, source, size })
  if (kind === 'absent' && output.revision === undefined) gathering.absent.push({ path, id })
}

/** How a file is not what was recorded, as half a sentence. */
function differenceOf({ size }: Output, oid: string, file: LocalFile): string | undefined {
  if (file.md5 !== undefined) return file.md5 === oid ? undefined : `the file now hashes to ${file.md5}`
  return size === undefined || size === file.size
    ? undefined
    : `the file now has ${file.size} bytes, and ${size} were recorded`
}

function addDirectory(gathering: Gathering, { output, oid }: Located<BoundOutput>): void {
  const { path, source, hash } = output
  const local = gathering.local.directories.get(output)
  const found = gathering.listings.get(output) ?? local
  const listing = found !== undefined && 'entries' in found ? found : undefined
  if (found !== undefined && 'kind' in found) gathering.problems.push(found)
  const difference = local === undefined || local.oid === oid ? undefined : changesIn(output, local, listing)
  if (difference !== undefined) gathering.problems.push(stale(output, difference))
  if (listing === undefined) return
  assertSelected(output, listing.entries)
  const members: string[] = []
  for (const { relpath, md5 } of listing.entries) {
    const file = local?.files.get(relpath)
    const place: Place | undefined =
      file?.hash.md5 === md5
        ? inWorkspace(file.place, file.hash.size, true)
        : gathering.cached.get(objectPath(md5, hash))
    const facts = { output, oid: md5, place, bytes: undefined, members: NONE, source, size: place?.size }
    const id = addObject(gathering, { ...facts, path: posix.join(path, relpath) })
    members.push(id)
    if (file === undefined && output.revision === undefined && isSelected(output, relpath))
      gathering.absent.push({ path: posix.join(path, relpath), id })
  }
  const { bytes, entries } = listing
  gathering.directories.set(path, entries)
  const recorded = hash === 'md5' ? output.size : undefined
  const facts = { output, oid, place: undefined, bytes, members, path, source, size: bytes.length }
  addObject(gathering, { ...facts, recorded })
}

/** How the directory, or the parts of it that are meant, is not what was recorded. */
function changesIn(
  output: BoundOutput,
  { entries }: LocalDirectory,
  listing: Listing | undefined,
): string | undefined {
  const recorded = listing && selectedEntries(output, listing.entries)
  const meant = entries.filter(({ relpath }) => isSelected(output, relpath))
  const difference = describeDifference(meant, recorded)
  return output.parts !== undefined && difference === '' ? undefined : difference
}

interface ObjectFacts
  extends Pick<TrackedObject, 'place' | 'bytes' | 'members' | 'recorded' | 'path' | 'source' | 'size'> {
  readonly output: BoundOutput
  readonly oid: string
}

/** The same content twice is one object; a place that is known to be good wins. */
function addObject({ objects, idOf }: Gathering, { output, oid, ...facts }: ObjectFacts): string {
  const id = idOf(output.target, output.hash, oid)
  const known = objects.get(id)
  const better = known === undefined || (known.place?.verified !== true && facts.place?.verified === true)
  if (better) objects.set(id, { id, remote: output.target, hash: output.hash, oid, ...facts })
  return id
}

function inWorkspace({ folder, name }: FilePlace, size: number, verified: boolean): Place {
  return { from: 'workspace', folder, name, size, verified }
}

function stale({ path, source, oid }: Output, seen: string): Problem {
  return { kind: 'stale', path, source, oid, seen }
}
