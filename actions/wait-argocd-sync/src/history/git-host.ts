import { type Credential, parseRemoteUrl, type RemoteUrl } from '@mlops-actions/git'
import { isSpecialHost } from '@mlops-actions/http'
import type { ActionWorld } from '@mlops-actions/runner'
import type { WaitInputs } from '../inputs.ts'
import type { GitHubRepository } from './history-github.ts'

/** Where the history of the GitOps repository can be asked, and as whom. */
export interface GitHost {
  readonly remote: RemoteUrl
  readonly credential: Credential
  /** Its REST API, where it is a GitHub. */
  readonly api: GitHubRepository | undefined
}

type Context = ActionWorld['context']

/**
 * The repository of the input `repository`; or, where none is given, the one that the Application names, without our
 * token: who may write an Application could send it anywhere. Undefined where that is no place to go to for a name that a
 * server gave.
 */
export function gitHostOf(
  inputs: Pick<WaitInputs, 'repository' | 'repositoryToken'>,
  repoURL: string,
  context: Pick<Context, 'serverUrl' | 'apiUrl'>,
): GitHost | undefined {
  const { repository, repositoryToken } = inputs
  if (repository === undefined) return hostOfSource(repoURL, context)
  const isName = /^[\w.-]+\/[\w.-]+$/.test(repository)
  const remote = parseRemoteUrl(isName ? `${context.serverUrl}/${repository}.git` : repository)
  const credential: Credential =
    repositoryToken === undefined ? { kind: 'anonymous' } : { kind: 'token', token: repositoryToken }
  return { remote, credential, api: apiOf(remote, context, repositoryToken) }
}

function hostOfSource(repoURL: string, context: Pick<Context, 'serverUrl' | 'apiUrl'>): GitHost | undefined {
  const remote = parsed(repoURL)
  if (remote?.protocol !== 'http') return undefined
  const isOwn = remote.origin === new URL(context.serverUrl).origin
  const { protocol, hostname } = new URL(remote.url)
  if (!isOwn && (protocol !== 'https:' || isSpecialHost(hostname))) return undefined
  return { remote, credential: { kind: 'anonymous' }, api: apiOf(remote, context, undefined) }
}

/** A repository of GitHub is public to read over https, however the Application spells it. */
function parsed(repoURL: string): RemoteUrl | undefined {
  const ssh = /^(?:ssh:\/\/)?git@github\.com[:/](.+)$/.exec(repoURL)?.[1]
  try {
    return parseRemoteUrl(ssh === undefined ? repoURL : `https://github.com/${ssh}`)
  } catch {
    return undefined
  }
}

/** The API of the server that the workflow runs on, or of github.com. */
function apiOf(
  { host, path }: RemoteUrl,
  { serverUrl, apiUrl }: Pick<Context, 'serverUrl' | 'apiUrl'>,
  token: string | undefined,
): GitHubRepository | undefined {
  if (!/^[^/]+\/[^/]+$/.test(path)) return undefined
  const own = new URL(serverUrl).host
  const isOwnApi = [own, `api.${own}`].includes(new URL(apiUrl).host)
  if (host === own && isOwnApi) return { url: `${apiUrl}/repos/${path}`, token }
  return host === 'github.com' ? { url: `https://api.github.com/repos/${path}`, token } : undefined
}
