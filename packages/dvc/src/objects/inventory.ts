import { lstat, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { World } from '@mlops-actions/diagnostics'
import { type DirEntry, parseDirObject } from '../formats/dir-object.wire.ts'
import { type HashName, isDirectoryOid, md5Of, type Output } from '../repository/output.ts'
import { type Bounds, findInside } from '../repository/paths.ts'
import type { SelectedOutput } from '../repository/targets.ts'
import { hashFile, md5Hex } from './hash.ts'
import { objectPath } from './keys.ts'
import { describeDifference, readDirectory } from './local-directory.ts'
import { objectId, type Place, type TrackedObject } from './object.ts'
import type { Problem } from './problem.ts'

/** An output that belongs into a remote. */
export interface BoundOutput extends SelectedOutput {
  /** Name of its remote. */
  readonly target: string
}

/** What this machine knows of the outputs: the objects they need, and what is wrong with them. */
export interface Inventory {
  readonly objects: ReadonlyMap<string, TrackedObject>
  /** Entries of every directory, by the path of its output: for publishing and reports. */
  readonly directories: ReadonlyMap<string, readonly DirEntry[]>
  readonly problems: readonly Problem[]
}

export interface InventoryOptions {
  readonly bounds: Bounds
  /** Absolute path of the cache. */
  readonly cacheDir: string
  /** Reads a `.dir` object from the remote; undefined where it is not there either. */
  readonly fetchDir: (output: BoundOutput) => Promise<Buffer | undefined>
}

interface Gathering {
  readonly objects: Map<string, TrackedObject>
  readonly directories: Map<string, readonly DirEntry[]>
  readonly problems: Problem[]
}

/**
 * Looks at every output where it lies: what is in the workspace is hashed and must be what the repository names;
 * what is not there may be in the cache, which is believed only after hashing (DVC trusts it by its file mode).
 */
export async function takeInventory(
  world: Pick<World, 'signal'>,
  outputs: readonly BoundOutput[],
  options: InventoryOptions,
): Promise<Inventory> {
  const gathering: Gathering = { objects: new Map(), directories: new Map(), problems: [] }
  for (const output of outputs) {
    world.signal.throwIfAborted()
    if (output.oid === undefined) gathering.problems.push(unrecorded(output))
    else if (isDirectoryOid(output.oid)) await addDirectory(world, gathering, output, output.oid, options)
    else await addFile(world, gathering, output, output.oid, options)
  }
  return gathering
}

function unrecorded({ path, source }: Output): Problem {
  const inLock = source.includes('dvc.yaml:')
  return {
    kind: 'unrecorded',
    path,
    source,
    oid: undefined,
    seen: inLock
      ? 'dvc.lock does not name it: the stage has not been run, or its lock not committed'
      : 'it has no md5',
  }
}

async function addFile(
  { signal }: Pick<World, 'signal'>,
  gathering: Gathering,
  output: BoundOutput,
  oid: string,
  options: InventoryOptions,
): Promise<void> {
  const { path, source, hash } = output
  const found = await findInside(options.bounds, path)
  let place = found.kind === 'absent' ? await cachedPlace(options, oid, hash) : undefined
  if (found.kind === 'file') {
    const seen = await hashFile(found.realPath, hash, signal)
    if (seen.md5 === oid) place = { from: 'workspace', file: found.realPath, size: seen.size, verified: true }
    else gathering.problems.push(stale(output, `the file now hashes to ${seen.md5}`))
  } else if (found.kind !== 'absent') {
    gathering.problems.push(stale(output, `a ${found.kind} stands in the place of the file`))
  }
  const size = place?.size ?? (hash === 'md5' ? output.size : undefined)
  addObject(gathering, { output, oid, place, bytes: undefined, members: [], path, source, size })
}

async function addDirectory(
  world: Pick<World, 'signal'>,
  gathering: Gathering,
  output: BoundOutput,
  oid: string,
  options: InventoryOptions,
): Promise<void> {
  const { path, source, hash } = output
  const found = await findInside(options.bounds, path)
  const local = found.kind === 'directory' ? await readDirectory(world, options.bounds, output) : undefined
  if (found.kind !== 'directory' && found.kind !== 'absent')
    gathering.problems.push(stale(output, 'a file stands in the place of the directory'))
  const listing = local?.oid === oid ? local.bytes : await findListing(gathering, output, oid, options)
  const entries = listing === undefined ? undefined : parseDirObject(listing, `${path} (${oid})`)
  if (local !== undefined && local.oid !== oid)
    gathering.problems.push(stale(output, describeDifference(local.entries, entries)))
  if (listing === undefined || entries === undefined) return
  const members: string[] = []
  for (const entry of entries) {
    const file = local?.files.get(entry.relpath)
    const isSame = file !== undefined && file.hash.md5 === entry.md5
    const place: Place | undefined = isSame
      ? { from: 'workspace', file: file.realPath, size: file.hash.size, verified: true }
      : await cachedPlace(options, entry.md5, hash)
    const facts = { output, oid: entry.md5, place, bytes: undefined, members: [], source, size: place?.size }
    members.push(addObject(gathering, { ...facts, path: posix.join(path, entry.relpath) }))
  }
  gathering.directories.set(path, entries)
  addObject(gathering, {
    output,
    oid,
    place: undefined,
    bytes: listing,
    members,
    path,
    source,
    size: listing.length,
  })
}

/** The `.dir` object from the cache, or else from the remote; one that is not what its name says is a problem. */
async function findListing(
  gathering: Gathering,
  output: BoundOutput,
  oid: string,
  options: InventoryOptions,
): Promise<Buffer | undefined> {
  const isGenuine = (bytes: Buffer) => md5Hex(bytes) === md5Of(oid)
  const cached = await readFile(join(options.cacheDir, objectPath(oid, output.hash))).catch(() => undefined)
  if (cached !== undefined && isGenuine(cached)) return cached
  const fetched = await options.fetchDir(output)
  if (fetched !== undefined && isGenuine(fetched)) return fetched
  const { path, source } = output
  const common = { path, source, oid }
  if (cached === undefined && fetched === undefined)
    gathering.problems.push({
      ...common,
      kind: 'missing',
      seen: 'its list of files is in no cache and no remote',
    })
  else
    gathering.problems.push({
      ...common,
      kind: 'corrupt',
      seen: `its list of files in the ${fetched === undefined ? 'cache' : 'remote'} is not what its name says`,
    })
  return undefined
}

/** The cache is a folder of plain files; anything else under an object's name is none. */
async function cachedPlace(
  { cacheDir, bounds }: InventoryOptions,
  oid: string,
  hash: HashName,
): Promise<Place | undefined> {
  if (bounds.cache === undefined) return undefined
  const file = join(cacheDir, objectPath(oid, hash))
  const size = await fileSize(file)
  return size === undefined ? undefined : { from: 'cache', file, size, verified: false }
}

async function fileSize(file: string): Promise<number | undefined> {
  const found = await lstat(file).catch(() => undefined)
  return found?.isFile() === true ? found.size : undefined
}

interface ObjectFacts
  extends Pick<TrackedObject, 'place' | 'bytes' | 'members' | 'path' | 'source' | 'size'> {
  readonly output: BoundOutput
  readonly oid: string
}

/** The same content twice is one object; a place that is known to be good wins. */
function addObject({ objects }: Gathering, { output, oid, ...facts }: ObjectFacts): string {
  const id = objectId(output.target, output.hash, oid)
  const known = objects.get(id)
  const better = known === undefined || (known.place?.verified !== true && facts.place?.verified === true)
  if (better) objects.set(id, { id, remote: output.target, hash: output.hash, oid, ...facts })
  return id
}

function stale({ path, source, oid }: Output, seen: string): Problem {
  return { kind: 'stale', path, source, oid, seen }
}
