import { posix } from 'node:path'
import type { Failure } from '@mlops-actions/diagnostics'
import { dataFailure } from '../invalid.ts'
import type { Output, RepositoryOrigin } from '../repository/output.ts'

/** An output of the other repository that was imported there in turn: none of its remotes has the data. */
export interface ForeignImport {
  /** Posix, relative to the root of the other repository. */
  readonly path: string
  readonly origin: RepositoryOrigin
}

/**
 * Pure: why an import cannot be had whose source is an import itself, or has one in it; undefined where there is none. DVC
 * goes on to that source (https://github.com/treeverse/dvc.org/pull/2705); here that would be a host that no file of this
 * repository names.
 */
export function chainFailure(
  { path, source }: Output,
  { url, path: there }: RepositoryOrigin,
  imports: readonly ForeignImport[],
): Failure | undefined {
  const wanted = trim(there)
  const [around] = imports.filter((known) => `${wanted}/`.startsWith(`${known.path}/`))
  const [link = around] = imports.filter((known) => wanted === '.' || known.path.startsWith(`${wanted}/`))
  if (link === undefined) return undefined
  const { origin } = link
  const commit = origin.revLock === undefined ? '' : ` in the commit ${origin.revLock.slice(0, 7)}`
  const first = around && trim(posix.join(trim(origin.path), wanted.slice(around.path.length)))
  return dataFailure(
    'DVC_IMPORT_CHAIN',
    {
      what: 'Cannot bring what was imported from an import',
      on: `${path} (${source})`,
      seen: `${url} has ${link.path} there from ${trim(origin.path)} of ${origin.url}${commit}, and imported data is in no remote of its own`,
      next:
        first === undefined
          ? `Import ${link.path} from where it comes from, by a \`dvc import\` of its own, and the rest of ${wanted} apart from it`
          : `Import it from there: \`dvc import\` of ${first} in that repository; commit its .dvc file in the place of ${source}`,
    },
    'config',
  )
}

function trim(path: string): string {
  return posix.normalize(path).replace(/\/$/, '')
}
