import { Failure, type World } from '@mlops-actions/diagnostics'
import { openCheckout, parseRemoteUrl, type RemoteUrl, readOrigin } from '@mlops-actions/git'
import {
  ACTIONS_BOT,
  type Branch,
  decideFiles,
  type FileChange,
  type FilesResult,
  type Landed,
  type Landing,
  landChange,
  openBranch,
  rehearseChange,
  TRAILER,
} from '@mlops-actions/gitops'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { commitFailure } from './commit-failure.ts'
import { filesToCommit } from './commit-files.ts'
import type { Inputs } from './inputs.ts'
import type { Recorded } from './record.ts'
import type { Work } from './work.ts'

/** A commit that can be made as soon as the remote has everything that it names. */
export interface Commit {
  readonly branch: Branch
  readonly landing: Landing<FilesResult>
  readonly remote: RemoteUrl
}

/** What became of it; `landed` is what would become of it in a dry run. */
export interface CommitOutcome {
  readonly label: string
  readonly url: string | undefined
  readonly landed: Landed<FilesResult>
}

/**
 * Prepares the commit that `commit-to` asks for and makes sure that it could be made: a branch that is not there, a token
 * that may not, a file that somebody else has changed are told before anything is sent.
 */
export async function prepareCommit(
  inputs: Inputs,
  world: ActionWorld,
  work: Work,
  recorded: Recorded,
): Promise<Commit | undefined> {
  const { commitTo } = inputs
  if (commitTo === undefined) return undefined
  const git = await openCheckout(world, work.repository.root)
  const changes = await filesToCommit(work, recorded, git)
  const remote = originOf(await readOrigin(git.checkout), inputs)
  const open = (late: World) => openPlace(inputs, { ...world, ...late }, remote, commitTo)
  const branch = await open(world)
  try {
    const landing = { ...landingOf(inputs, world, branch.label, changes), reopen: open }
    await rehearseChange(world, branch, landing)
    return { branch, landing, remote }
  } catch (error) {
    await branch.close()
    throw commitFailure(error, remote, false)
  }
}

/** Commits: everything that the files name is in its remote by now, and was looked at there. */
export async function commit(
  { dryRun }: Inputs,
  world: ActionWorld,
  { branch, landing, remote }: Commit,
): Promise<CommitOutcome> {
  const landed = await (dryRun
    ? rehearseChange(world, branch, landing)
    : landChange(world, branch, landing)
  ).catch((error: unknown) => {
    throw commitFailure(error, remote, !dryRun)
  })
  return { label: branch.label, url: branch.commitUrl(landed.commit), landed }
}

function landingOf(
  { commitMessage }: Inputs,
  { context, random }: ActionWorld,
  label: string,
  changes: readonly FileChange[],
): Landing<FilesResult> {
  const paths = changes.map(({ path }) => path)
  const changeId = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  const trailers = [
    [TRAILER.runId, context.runId],
    [TRAILER.runUrl, context.runUrl],
    [TRAILER.changeId, changeId],
  ] as const
  const request = { label, changes, message: commitMessage ?? defaultMessage(paths), trailers }
  return { paths, mayBeMissing: true, changeId, decide: (state) => decideFiles(request, state) }
}

function defaultMessage(paths: readonly string[]): string {
  const data = paths.filter((path) => !path.endsWith('.gitignore'))
  const [first = 'data'] = data
  const title = data.length > 1 ? `${first} and ${data.length - 1} more` : first
  return `Record ${title}\n\n${paths.join('\n')}`
}

async function openPlace(
  { token, sshKey, sshKnownHosts, transport, requestTimeout, caCert }: Inputs,
  { context, ...world }: ActionWorld,
  remote: RemoteUrl,
  branch: string,
): Promise<Branch> {
  const { serverUrl, apiUrl, temp, workspace } = context
  return openBranch(world, {
    remote,
    branch,
    transport,
    token,
    sshKey,
    sshKnownHosts,
    author: ACTIONS_BOT,
    requestTimeout,
    caCert: await readCaCert(caCert, workspace),
    serverUrl,
    apiUrl,
    temp,
  })
}

/**
 * The repository that the checkout was made from. A URL of SSH is reached by SSH with a key; a token opens no SSH, so with one
 * alone it is reached over HTTPS. The token of the workflow is always there, and a key only where somebody gives it.
 */
function originOf(url: string | undefined, { token, sshKey }: Inputs): RemoteUrl {
  if (url === undefined)
    throw originFailure('there is none', 'Check out with actions/checkout, which sets it')
  if (/^[a-z]+:\/\/[^/@]*:[^/@]*@/i.test(url))
    throw originFailure(
      'its URL has a password in it, which ends up in logs',
      'Take it out (`git remote set-url origin …`) and give it as `token`',
    )
  const remote = parseOrigin(url)
  if (remote.protocol === 'http') {
    if (sshKey === undefined) return remote
    throw originFailure(
      `it is reached over HTTPS (${remote.url}), where \`ssh-key\` opens nothing`,
      'Check out with the `ssh-key` of actions/checkout, or leave it out and give a `token`',
    )
  }
  if (sshKey !== undefined) return remote
  if (token !== undefined) return parseOrigin(`https://${remote.host.replace(/:\d+$/, '')}/${remote.path}`)
  throw originFailure(
    `it is reached by SSH (${url})`,
    'Give a deploy key with write access as `ssh-key`, or a `token`: the same repository is reached over HTTPS with it',
  )
}

function parseOrigin(url: string): RemoteUrl {
  try {
    return parseRemoteUrl(url)
  } catch {
    throw originFailure(
      'it is no https or ssh URL',
      'Check out with actions/checkout, which sets it to the one on GitHub',
    )
  }
}

function originFailure(seen: string, next: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'DVC_COMMIT_ORIGIN',
    what: 'Cannot commit what was recorded',
    on: 'the remote `origin` of the checkout',
    seen,
    next,
  })
}
