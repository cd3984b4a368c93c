import { posix } from 'node:path'
import {
  bindOutputs,
  type Connections,
  commitTree,
  type ForeignRepository,
  fetchDirObject,
  type Output,
  overrideConfig,
  parseDirObject,
  type RepositoryOrigin,
  readCommittedRepository,
  type Store,
} from '@mlops-actions/dvc'
import { type GitRepository, readBlobs } from '@mlops-actions/git'
import type { ActionWorld } from '@mlops-actions/runner'
import { connect } from './connect.ts'
import { importFailure } from './import-failure.ts'
import type { Source } from './import-source.ts'
import type { ImportedOutput } from './imports.ts'
import type { Inputs } from './inputs.ts'

/** The DVC repository around the imported path, at that commit. */
export async function readForeign(
  inputs: Inputs,
  world: ActionWorld,
  output: ImportedOutput,
  { repository, commit, files }: Source,
): Promise<{ readonly foreign: ForeignRepository; readonly connections: Connections }> {
  const { origin } = output
  const folder = dvcRootAround(files, origin.path)
  const tree = commitTree({
    name: `commit ${commit.slice(0, 7)} of ${origin.url}`,
    files,
    folder: folder ?? '',
    readBlobs: (oids) => readBlobs(repository, oids),
  })
  const read = folder === undefined ? undefined : await readCommittedRepository(tree, world.env)
  const here = (read?.outputs ?? []).map((known) => ({
    ...known,
    path: posix.join(folder ?? '', known.path),
  }))
  const concerned = here.filter((known) => touches(known.path, origin.path) && known.origin === undefined)
  const config = read === undefined ? undefined : overrideConfig(read.config, origin, output.source)
  const binding = config === undefined ? undefined : bindOutputs(concerned, config, undefined, 'pull')
  const role = inputs.importRoleToAssume ?? inputs.roleToAssume
  const connections = await connect(inputs, world, binding?.remotes ?? [], role)
  const target = new Map(binding?.outputs.map((bound) => [bound.path, bound.target]))
  const foreign: ForeignRepository = {
    outputs: binding?.outputs ?? [],
    imports: here.flatMap((known) =>
      known.origin?.kind === 'repository' ? [{ path: known.path, origin: known.origin }] : [],
    ),
    files: files
      .filter(({ path, kind }) => kind === 'file' && touches(path, origin.path))
      .map(({ path, oid }) => ({ path, read: () => readBlob(repository, oid) })),
    remoteOf: ({ path }) => storeName(origin, target.get(path) ?? ''),
    list: (known) => listForeign(known, connections.stores.get(target.get(known.path) ?? ''), output),
  }
  return { foreign, connections }
}

async function readBlob(repository: GitRepository, oid: string): Promise<Buffer> {
  const bytes = (await readBlobs(repository, [oid])).get(oid)
  if (bytes === undefined) throw new Error(`git has no blob ${oid}`)
  return bytes
}

async function listForeign(known: Output, store: Store | undefined, output: ImportedOutput) {
  const bytes =
    store === undefined || known.oid === undefined
      ? undefined
      : await fetchDirObject(store, known.oid, known.hash)
  if (bytes !== undefined) return parseDirObject(bytes, `${known.path} (${known.oid})`)
  throw importFailure(
    output,
    `the remote of ${output.origin.url} does not have the list of files of ${known.path}`,
    'Have its owners push it: `dvc push`, or the action dvc-push, in that repository',
    'not-found',
  )
}

/** The deepest folder above the path that is a DVC repository; undefined where there is none. */
function dvcRootAround(files: Source['files'], path: string): string | undefined {
  const roots = new Set(
    files
      .filter((file) => /(?:^|\/)\.dvc\/config$/.test(file.path))
      .map((file) => posix.dirname(posix.dirname(file.path))),
  )
  for (let folder = posix.normalize(path); ; folder = posix.dirname(folder)) {
    if (roots.has(folder)) return folder === '.' ? '' : folder
    if (folder === '.' || folder === '/') return undefined
  }
}

function touches(path: string, wanted: string): boolean {
  const target = posix.normalize(wanted).replace(/\/$/, '')
  return target === '.' || path === target || path.startsWith(`${target}/`) || target.startsWith(`${path}/`)
}

/** Names of stores are told apart by the repository they belong to. */
export function storeName({ url }: RepositoryOrigin, remote: string): string {
  return `${remote} of ${url}`
}
