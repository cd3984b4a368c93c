import { parseRemoteUrl, type RemoteUrl } from '@mlops-actions/git'
import { createGitHub, type RepositoryName } from '@mlops-actions/github'
import { type Branch, openGitBranch, openGitHubBranch } from '@mlops-actions/gitops'
import { createHttp } from '@mlops-actions/http'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { credentialFor, inputFailure, warnOfPlainHttp } from './credentials.ts'
import type { Inputs } from './inputs.ts'
import { type GitOpsRepository, parseRepository } from './repository.ts'

/** Opens the branch that the inputs name, by the transport that they ask for or that fits. */
export async function openTargetBranch(inputs: Inputs, world: ActionWorld): Promise<Branch> {
  const { serverUrl, repository } = world.context
  const remote = remoteOf(inputs.repository ?? parseRepository(repository), serverUrl)
  warnOfPlainHttp(remote, world)
  const onGitHub = repositoryOnGitHub(remote, serverUrl)
  if (inputs.transport === 'git') return openByGit(inputs, world, remote)
  if (onGitHub !== undefined && inputs.token !== undefined)
    return openByApi(inputs, world, onGitHub, inputs.token)
  if (inputs.transport === 'auto') return openByGit(inputs, world, remote)
  const seen = onGitHub === undefined ? `${remote.url} is not on ${serverUrl}` : 'there is no `token`'
  throw inputFailure('transport', seen, 'Use `transport: git`, or a repository on this GitHub and a `token`')
}

async function openByGit(
  inputs: Inputs,
  { context, ...world }: ActionWorld,
  remote: RemoteUrl,
): Promise<Branch> {
  const { branch, author, requestTimeout } = inputs
  return openGitBranch(world, {
    remote,
    branch,
    author,
    requestTimeout,
    credential: credentialFor(inputs, remote, context.serverUrl),
    temp: context.temp,
    caCert: await readCaCert(inputs.caCert, context.workspace),
  })
}

async function openByApi(
  inputs: Inputs,
  world: ActionWorld,
  repository: RepositoryName,
  token: string,
): Promise<Branch> {
  const { apiUrl, serverUrl, workspace } = world.context
  const caCert = await readCaCert(inputs.caCert, workspace)
  const http = createHttp(world, {
    requestTimeout: inputs.requestTimeout,
    trustedOrigins: [new URL(apiUrl).origin],
    ...(caCert === undefined ? {} : { caCert }),
  })
  const branch = openGitHubBranch({
    github: createGitHub({ apiUrl, token, http }),
    repository,
    branch: inputs.branch,
    serverUrl,
  })
  return { ...branch, close: async () => http.close() }
}

/** Its owner and name, if the repository is on the GitHub whose workflow this is. */
function repositoryOnGitHub(remote: RemoteUrl, serverUrl: string): RepositoryName | undefined {
  const [owner = '', name = '', ...rest] = remote.path.split('/')
  const isThere = remote.protocol === 'http' && remote.origin === new URL(serverUrl).origin
  return isThere && name !== '' && rest.length === 0 ? { owner, name } : undefined
}

function remoteOf(repository: GitOpsRepository, serverUrl: string): RemoteUrl {
  if (repository.kind === 'url') return repository.remote
  return parseRemoteUrl(`${serverUrl}/${repository.owner}/${repository.name}.git`)
}
