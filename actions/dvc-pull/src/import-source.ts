import { Failure, withDetails } from '@mlops-actions/diagnostics'
import {
  fetchCommit,
  type GitRepository,
  listTreeFiles,
  openRepository,
  parseRemoteUrl,
  type RemoteUrl,
  type TreeFile,
} from '@mlops-actions/git'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { planAccess } from './import-access.ts'
import { importFailure } from './import-failure.ts'
import type { ImportedOutput } from './imports.ts'
import type { Inputs } from './inputs.ts'

/** A commit of another repository, brought here without its work tree. */
export interface Source {
  readonly repository: GitRepository
  readonly commit: string
  readonly files: readonly TreeFile[]
}

type HttpRemote = RemoteUrl & { readonly protocol: 'http' }

/** @throws Failure where the repository cannot be read, or does not have the commit */
export async function openSource(
  inputs: Inputs,
  world: ActionWorld,
  output: ImportedOutput,
): Promise<Source> {
  const { url, revLock, rev } = output.origin
  const commit = revLock ?? rev
  if (commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit))
    throw importFailure(
      output,
      'it names no commit (rev_lock)',
      'Run `dvc update` for it and commit its .dvc file',
    )
  world.log.info(`reading the commit ${commit.slice(0, 7)} of ${url}, which data was imported from`)
  const { importToken, importHosts, requestTimeout, caCert } = inputs
  const remote = remoteOf(url, output, importToken !== undefined)
  const { serverUrl, temp, workspace } = world.context
  const { credential, withheld, next } = planAccess(remote, { importToken, importHosts, serverUrl })
  if (withheld !== undefined)
    world.log.info(`an import of ${remote.host} is read without \`import-token\`: ${withheld}`)
  const repository = await openRepository(world, {
    remote,
    credential,
    temp,
    caCert: await readCaCert(caCert, workspace),
    requestTimeout,
  })
  await fetchCommit(repository, commit, {
    what: 'Cannot read another repository',
    next: 'It may have been rewritten: run `dvc update` for what was imported and commit the .dvc file',
  }).catch((error: unknown) => {
    throw isRefusal(error) ? withDetails(error, { next }) : error
  })
  return { repository, commit, files: await listTreeFiles(repository, commit) }
}

/** A private repository is "not found" for who may not see it. */
function isRefusal(error: unknown): error is Failure {
  return error instanceof Failure && (error.kind === 'auth' || error.code === 'GIT_REPOSITORY_NOT_FOUND')
}

/** With a token, git@host:path is read over HTTPS: a token opens no SSH. */
function remoteOf(url: string, output: ImportedOutput, hasToken: boolean): HttpRemote {
  const remote = readUrl(url, output)
  if (remote.protocol === 'http') return remote
  const overHttps = readUrl(`https://${remote.host.replace(/:\d+$/, '')}/${remote.path}`, output)
  if (hasToken && overHttps.protocol === 'http') return overHttps
  throw importFailure(
    output,
    `${url} is read over SSH, and there is no key`,
    'Give `import-token`: the repository is then read over HTTPS',
  )
}

function readUrl(url: string, output: ImportedOutput): RemoteUrl {
  try {
    return parseRemoteUrl(url)
  } catch {
    throw importFailure(
      output,
      `its repository is "${url}", which is no URL of https or ssh`,
      'Import from a repository that a runner can reach: `dvc import https://…`',
    )
  }
}
