import type { Relation } from '@mlops-actions/argocd'
import { fetchCommit, type GitRepository, openRepository, readBlob, readEntry } from '@mlops-actions/git'
import { createHttp } from '@mlops-actions/http'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { WaitInputs } from '../inputs.ts'
import type { GitHost } from './git-host.ts'
import { openCheckoutHistory } from './history-checkout.ts'
import { relateByFetching } from './history-git.ts'
import { createGitHubHistory, type GitHubHistory } from './history-github.ts'
import { type Question, relate } from './relation.ts'

/** The history of the GitOps repository, by whichever way tells. */
export interface History {
  /** @throws Failure of Git, where nobody else could tell */
  relate(question: Question): Promise<Relation>
  proposalOf(commit: string): Promise<string | undefined>
  readFile(commit: string, path: string): Promise<string | undefined>
  close(): Promise<void>
}

/**
 * GitHub's API is the quick way, and needs no clone; then a checkout that is there already; what neither tells is fetched.
 * Each is opened when it is first needed.
 */
export function createHistory(inputs: WaitInputs, world: ActionWorld, host: GitHost): History {
  const github = once(() => openGitHub(inputs, world, host))
  const checkout = once(() => openCheckoutHistory(world, world.context.workspace, host.remote.url))
  const repository = once(() => open(inputs, world, host))
  return {
    async relate(question) {
      for (const asked of [(await github.get())?.contains, await checkout.get()]) {
        const relation = asked && (await relate(asked, question))
        if (relation !== undefined) return relation
      }
      return relateByFetching(await repository.get(), question)
    },
    proposalOf: async (commit) => (await github.get())?.proposalOf(commit),
    readFile: async (commit, path) => readFile(await repository.get(), commit, path),
    async close() {
      const [api, local] = await Promise.all([github.opened(), repository.opened()])
      api?.close()
      await local?.close()
    },
  }
}

interface Once<T> {
  get(): Promise<T>
  /** What has been made, without making it. */
  opened(): Promise<T | undefined>
}

/** Made when it is first asked for, and anew where that failed. */
function once<T>(make: () => Promise<T>): Once<T> {
  let made: Promise<T> | undefined
  return {
    get: () => {
      made ??= make()
      made.catch(() => {
        made = undefined
      })
      return made
    },
    opened: async () => made?.catch(() => undefined),
  }
}

async function openGitHub(
  { caCert, requestTimeout }: WaitInputs,
  world: ActionWorld,
  { api }: GitHost,
): Promise<GitHubHistory | undefined> {
  if (api === undefined) return undefined
  const http = createHttp(world, {
    caCert: await readCaCert(caCert, world.context.workspace),
    requestTimeout,
    trustedOrigins: [new URL(api.url).origin],
  })
  return createGitHubHistory(http, api)
}

async function open(
  { caCert, requestTimeout }: WaitInputs,
  { context, ...world }: ActionWorld,
  { remote, credential }: GitHost,
): Promise<GitRepository> {
  return openRepository(world, {
    remote,
    credential,
    temp: context.temp,
    caCert: await readCaCert(caCert, context.workspace),
    requestTimeout,
  })
}

async function readFile(
  repository: GitRepository,
  commit: string,
  path: string,
): Promise<string | undefined> {
  await fetchCommit(repository, commit, {
    what: 'Cannot read a file of the commit',
    next: 'Check that `repository` names the repository that the Application deploys from',
  })
  const entry = await readEntry(repository, commit, path)
  if (entry?.kind !== 'file') return undefined
  return (await readBlob(repository, entry.oid)).toString('utf8')
}
