import type { World } from '@mlops-actions/diagnostics'
import type { RemoteUrl } from '@mlops-actions/git'
import { createGitHub, type RepositoryName } from '@mlops-actions/github'
import { createHttp } from '@mlops-actions/http'
import type { Branch, CommitAuthor } from './branch.ts'
import { credentialFor, type GivenCredential, inputFailure, warnOfPlainHttp } from './credentials.ts'
import { openGitBranch } from './git-branch.ts'
import { openGitHubBranch } from './github-branch.ts'
import { keepingModes } from './keeping-modes.ts'

/** A branch and the ways to it. */
export interface BranchPlace extends GivenCredential {
  readonly remote: RemoteUrl
  readonly branch: string
  /** `auto` takes the API for repositories on the GitHub whose workflow this is, but git for executable files. */
  readonly transport: 'auto' | 'api' | 'git'
  /** Of commits made by git; those made by the API are by the token's owner. */
  readonly author: CommitAuthor
  /** Milliseconds. */
  readonly requestTimeout: number
  /** When the step must be done, in milliseconds since the epoch; until then a limit of the API is waited for. */
  readonly deadline?: number | undefined
  readonly caCert: string | undefined
  /** The GitHub whose workflow this is: `https://github.com` and its API. */
  readonly serverUrl: string
  readonly apiUrl: string
  /** An existing folder for temporary files. */
  readonly temp: string
}

/** Who commits where nobody else is named. */
export const ACTIONS_BOT: CommitAuthor = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
}

/**
 * Opens a branch by the transport that is asked for or that fits.
 * @throws Failure INPUTS where transport, repository and credential do not go together
 */
export async function openBranch(world: World, place: BranchPlace): Promise<Branch> {
  const { remote, serverUrl, transport, token } = place
  warnOfPlainHttp(remote, world)
  const onGitHub = repositoryOnGitHub(remote, serverUrl)
  if (transport === 'git') return openByGit(world, place)
  if (onGitHub !== undefined && token !== undefined) {
    const branch = openByApi(world, place, onGitHub, token)
    return transport === 'api' ? branch : keepingModes(branch, () => openByGit(world, place))
  }
  if (transport === 'auto') return openByGit(world, place)
  const seen = onGitHub === undefined ? `${remote.url} is not on ${serverUrl}` : 'there is no `token`'
  throw inputFailure('transport', seen, 'Use `transport: git`, or a repository on this GitHub and a `token`')
}

function openByGit(world: World, place: BranchPlace): Promise<Branch> {
  const { remote, branch, author, requestTimeout, caCert, temp, serverUrl } = place
  const credential = credentialFor(place, remote, serverUrl)
  return openGitBranch(world, { remote, branch, author, requestTimeout, credential, temp, caCert })
}

function openByApi(
  world: World,
  { apiUrl, branch, serverUrl, requestTimeout, caCert, deadline }: BranchPlace,
  repository: RepositoryName,
  token: string,
): Branch {
  const http = createHttp(world, {
    requestTimeout,
    trustedOrigins: [new URL(apiUrl).origin],
    ...(caCert === undefined ? {} : { caCert }),
  })
  const github = createGitHub(world, { apiUrl, token, http, deadline })
  const opened = openGitHubBranch({ github, repository, branch, serverUrl })
  return { ...opened, close: async () => http.close() }
}

/** Its owner and name, if the repository is on the GitHub whose workflow this is. */
function repositoryOnGitHub(remote: RemoteUrl, serverUrl: string): RepositoryName | undefined {
  const [owner = '', name = '', ...rest] = remote.path.split('/')
  const isThere = remote.protocol === 'http' && remote.origin === new URL(serverUrl).origin
  return isThere && name !== '' && rest.length === 0 ? { owner, name } : undefined
}
