import type { World } from '@mlops-actions/diagnostics'
import type { RemoteUrl } from '@mlops-actions/git'
import { createGitHub, type RepositoryName } from '@mlops-actions/github'
import { createHttp } from '@mlops-actions/http'
import type { Branch, CommitAuthor } from './branch.ts'
import { credentialFor, type GivenCredential, inputFailure, warnOfPlainHttp } from './credentials.ts'
import { openGitBranch } from './git-branch.ts'
import { type GitHubBranchOptions, openGitHubBranch } from './github-branch.ts'
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

/** A branch of a repository on this GitHub, and the end of the connection to it. */
export interface GitHubPlace {
  readonly options: GitHubBranchOptions
  close(): void
}

/**
 * The same branch for those who speak to GitHub itself, as pull requests do.
 * @throws Failure INPUTS where it is no repository of this GitHub, or there is no token
 */
export function openGitHubPlace(world: World, place: BranchPlace): GitHubPlace {
  const { remote, serverUrl, token } = place
  warnOfPlainHttp(remote, world)
  const repository = repositoryOnGitHub(remote, serverUrl)
  if (repository !== undefined && token !== undefined) return connect(world, place, repository, token)
  const seen = repository === undefined ? `${remote.url} is not on ${serverUrl}` : 'there is no `token`'
  throw inputFailure('pull-request', seen, 'Give a repository on this GitHub and a `token`, or leave it off')
}

function openByApi(world: World, place: BranchPlace, repository: RepositoryName, token: string): Branch {
  const { options, close } = connect(world, place, repository, token)
  return { ...openGitHubBranch(options), close: async () => close() }
}

function connect(
  world: World,
  { apiUrl, branch, serverUrl, requestTimeout, caCert, deadline }: BranchPlace,
  repository: RepositoryName,
  token: string,
): GitHubPlace {
  const http = createHttp(world, {
    requestTimeout,
    trustedOrigins: [new URL(apiUrl).origin],
    ...(caCert === undefined ? {} : { caCert }),
  })
  const github = createGitHub(world, { apiUrl, token, http, deadline })
  return { options: { github, repository, branch, serverUrl }, close: () => http.close() }
}

/** Its owner and name, if the repository is on the GitHub whose workflow this is. */
function repositoryOnGitHub(remote: RemoteUrl, serverUrl: string): RepositoryName | undefined {
  const [owner = '', name = '', ...rest] = remote.path.split('/')
  const isThere = remote.protocol === 'http' && remote.origin === new URL(serverUrl).origin
  return isThere && name !== '' && rest.length === 0 ? { owner, name } : undefined
}
