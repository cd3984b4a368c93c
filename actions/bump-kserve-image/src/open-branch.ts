import { parseRemoteUrl, type RemoteUrl } from '@mlops-actions/git'
import {
  type Branch,
  type BranchPlace,
  createTreeCheck,
  openBranch,
  type TreeCheck,
} from '@mlops-actions/gitops'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { type GitOpsRepository, parseRepository } from './repository.ts'

/** Opens the branch that the inputs name, by the transport that they ask for or that fits. */
export async function openTargetBranch(inputs: Inputs, world: ActionWorld): Promise<Branch> {
  return openBranch(world, await placeOf(inputs, world))
}

/** The command of `validate`, ready to look at what would be committed; undefined where nothing is to be asked. */
export async function planValidation(inputs: Inputs, world: ActionWorld): Promise<TreeCheck | undefined> {
  const { mode, validate: command, validateTimeout: timeout } = inputs
  if (command === undefined || mode === 'rollback') return undefined
  return createTreeCheck(world, await placeOf(inputs, world), { command, timeout })
}

/** The branch that the inputs name, and the ways to it. */
export async function placeOf(
  {
    repository,
    branch,
    transport,
    author,
    token,
    sshKey,
    sshKnownHosts,
    requestTimeout,
    caCert,
    timeout,
  }: Inputs,
  { context, now }: ActionWorld,
): Promise<BranchPlace> {
  const { serverUrl, apiUrl, workspace, temp } = context
  return {
    remote: remoteOf(repository ?? parseRepository(context.repository), serverUrl),
    branch,
    transport,
    author,
    token,
    sshKey,
    sshKnownHosts,
    requestTimeout,
    deadline: now() + timeout,
    caCert: await readCaCert(caCert, workspace),
    serverUrl,
    apiUrl,
    temp,
  }
}

function remoteOf(repository: GitOpsRepository, serverUrl: string): RemoteUrl {
  if (repository.kind === 'url') return repository.remote
  return parseRemoteUrl(`${serverUrl}/${repository.owner}/${repository.name}.git`)
}
