import { posix } from 'node:path'
import { type DirEntry, dirOid, formatDirObject } from '../formats/dir-object.wire.ts'
import { dataFailure, invalidFile } from '../invalid.ts'
import { dos2unix, md5Hex } from '../objects/hash.ts'
import type { DvcConfig } from '../repository/config.ts'
import { type HashName, isDirectoryOid, type Output, type RepositoryOrigin } from '../repository/output.ts'
import type { SelectedOutput } from '../repository/targets.ts'
import { chainFailure, type ForeignImport } from './chained-import.ts'
import type { SuppliedEntry, Supply, WantedOutput } from './wanted.ts'

/** Another repository at the commit that was imported. */
export interface ForeignRepository {
  readonly outputs: readonly Output[]
  /** Outputs that it has imported itself, which are not among `outputs`. */
  readonly imports: readonly ForeignImport[]
  /** Files that Git itself keeps at or below the imported path. */
  readonly files: readonly { readonly path: string; readonly read: () => Promise<Buffer> }[]
  /** The name, among the stores of this pull, of the remote that an output belongs to. */
  readonly remoteOf: (output: Output) => string
  /** The entries of a directory there. */
  readonly list: (output: Output, remote: string) => Promise<readonly DirEntry[]>
}

/**
 * What an imported output stands for: an output of the other repository, a part of one, files that Git keeps there, or a
 * folder with all of these in it (dvc/dependency/repo.py). What was recorded when it was imported is what counts.
 * @throws Failure `not-found` where the other repository has nothing there, `integrity` where it has something else, `config`
 * where it has imported that itself
 */
export async function listImport(
  output: SelectedOutput & { readonly oid: string },
  origin: RepositoryOrigin,
  foreign: ForeignRepository,
): Promise<WantedOutput> {
  const { oid, hash } = output
  const path = posix.normalize(origin.path).replace(/\/$/, '')
  const same = foreign.outputs.find((known) => known.path === path)
  const chained = chainFailure(output, origin, foreign.imports)
  const wanted = { output, oid, hash, optional: false }
  const [file] = foreign.files.filter((known) => known.path === path)
  if (!isDirectoryOid(oid)) {
    const supply = same === undefined ? await partSupply(foreign, path, file) : remoteSupply(foreign, same)
    if (supply === undefined) throw chained ?? nothingThere(output, origin)
    return { ...wanted, supply, entries: undefined, listing: undefined }
  }
  if (same?.oid === oid) {
    const remote = foreign.remoteOf(same)
    const entries = await foreign.list(same, remote)
    return { ...wanted, supply: { kind: 'remote', remote }, entries, listing: formatDirObject(entries) }
  }
  const entries = await entriesBelow(foreign, path, hash)
  if (entries.length === 0) throw chained ?? nothingThere(output, origin)
  const found = matching(oid, entries)
  if (found === undefined) throw chained ?? somethingElse(output, origin, entries.length)
  return { ...wanted, supply: NEVER, entries: found, listing: formatDirObject(found) }
}

/** Every entry of such an output says itself where it comes from. */
const NEVER: Supply = { kind: 'git', read: () => Promise.reject(new Error('an entry has no supply')) }

function remoteSupply(foreign: ForeignRepository, output: Output): Supply {
  return { kind: 'remote', remote: foreign.remoteOf(output) }
}

/** A file inside of a directory that is tracked there, or one that Git keeps. */
async function partSupply(
  foreign: ForeignRepository,
  path: string,
  file: ForeignRepository['files'][number] | undefined,
): Promise<Supply | undefined> {
  const around = outputAround(foreign, path)
  if (around !== undefined) return remoteSupply(foreign, around)
  return file === undefined ? undefined : { kind: 'git', read: file.read }
}

function outputAround({ outputs }: ForeignRepository, path: string): Output | undefined {
  return outputs.find((known) => path.startsWith(`${known.path}/`))
}

interface Candidate {
  readonly entry: SuppliedEntry
  /** Kept by Git, and one of DVC's own files: older versions of DVC imported these, newer ones do not. */
  readonly ofDvc: boolean
}

async function entriesBelow(
  foreign: ForeignRepository,
  path: string,
  hash: HashName,
): Promise<readonly Candidate[]> {
  const around = outputAround(foreign, path)
  if (around !== undefined) {
    const inside = path.slice(around.path.length + 1)
    const entries = await suppliedEntries(foreign, around)
    return entries
      .filter(({ relpath }) => relpath.startsWith(`${inside}/`))
      .map((entry) => ({
        entry: { ...entry, relpath: entry.relpath.slice(inside.length + 1) },
        ofDvc: false,
      }))
  }
  const base = path === '.' ? '' : `${path}/`
  const tracked = await Promise.all(
    foreign.outputs
      .filter((known) => known.path.startsWith(base) && known.cache)
      .map(async (known) => {
        const entries = await suppliedEntries(foreign, known)
        return entries.map((entry) => ({
          entry: { ...entry, relpath: posix.join(known.path.slice(base.length), entry.relpath) },
          ofDvc: false,
        }))
      }),
  )
  const kept = await Promise.all(
    foreign.files.map(async ({ path: file, read }) => {
      const bytes = await read()
      const md5 = md5Hex(hash === 'md5' ? bytes : dos2unix(bytes))
      const entry = { md5, relpath: file.slice(base.length), hash, supply: { kind: 'git', read } as const }
      return {
        entry,
        ofDvc: /(?:^|\/)(?:\.dvc\/.*|dvc\.yaml|dvc\.lock|\.gitignore|\.dvcignore|[^/]+\.dvc)$/.test(file),
      }
    }),
  )
  return [...tracked.flat(), ...kept]
}

/** The files of an output with their own hash and remote; a single file has no name of its own below itself. */
async function suppliedEntries(
  foreign: ForeignRepository,
  output: Output,
): Promise<readonly SuppliedEntry[]> {
  if (output.oid === undefined) return []
  const remote = foreign.remoteOf(output)
  const supply: Supply = { kind: 'remote', remote }
  const entries = isDirectoryOid(output.oid)
    ? await foreign.list(output, remote)
    : [{ md5: output.oid, relpath: '' }]
  return entries.map((entry) => ({ ...entry, hash: output.hash, supply }))
}

function matching(oid: string, candidates: readonly Candidate[]): readonly SuppliedEntry[] | undefined {
  const all = candidates.map(({ entry }) => entry)
  const data = candidates.filter(({ ofDvc }) => !ofDvc).map(({ entry }) => entry)
  return [all, data].find((entries) => dirOid(formatDirObject(entries)) === oid)
}

function somethingElse({ path, oid }: Output, { url, path: there }: RepositoryOrigin, files: number) {
  return dataFailure('DVC_IMPORT', {
    what: 'An imported directory is not what was imported',
    on: `${path} (${there} of ${url})`,
    seen: `the commit that was imported has ${files} files there, which do not make up ${oid ?? ''}`,
    next: 'Run `dvc update` for the import and commit its .dvc file',
  })
}

function nothingThere({ path, source }: Output, { url, path: there, revLock }: RepositoryOrigin) {
  return dataFailure(
    'DVC_IMPORT_NOT_FOUND',
    {
      what: 'Cannot find what was imported',
      on: `${path} (${source})`,
      seen: `${url} has nothing at ${there} in the commit ${revLock?.slice(0, 7) ?? 'that was imported'}`,
      next: 'Run `dvc update` for the import and commit its .dvc file',
    },
    'not-found',
  )
}

/**
 * The configuration of the other repository as the import changes it.
 * @throws Failure `config` for a change that is kept in a file of its own
 */
export function overrideConfig(config: DvcConfig, origin: RepositoryOrigin, source: string): DvcConfig {
  if (origin.configFile !== undefined)
    throw invalidFile(
      source,
      `it configures the other repository by the file ${origin.configFile}`,
      'Write the options into the .dvc file: `dvc import --config` takes a file only for itself',
    )
  const core = origin.config.get('core')?.get('remote')?.toLowerCase()
  const defaultRemote = origin.remote ?? core ?? config.defaultRemote
  const remotes = new Map(config.remotes)
  for (const [section, options] of origin.config) {
    const name = section === 'remote' ? defaultRemote : /^remote "(.*)"$/.exec(section)?.[1]
    if (name === undefined) continue
    const place = { folder: '/', file: source }
    const merged = new Map(remotes.get(name) ?? [])
    for (const [option, value] of options) merged.set(option, { value, ...place })
    remotes.set(name, merged)
  }
  return { ...config, defaultRemote, remotes }
}
