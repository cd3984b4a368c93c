import { isCommit, type LiveState } from '@mlops-actions/argocd'
import { messageOf } from '@mlops-actions/diagnostics'
import {
  fetchBranch,
  type GitRepository,
  isAncestor,
  openRepository,
  parseRemoteUrl,
} from '@mlops-actions/git'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** Commits of history that are fetched before giving up on a relation, step by step. */
const DEPTHS = [20, 500, 2 ** 31 - 1]

export interface Ancestry {
  /** How the commit that Argo CD is at relates to the wanted one. */
  relate(current: string): Promise<LiveState['relation']>
  close(): Promise<void>
}

/**
 * Asks Git, and only when Argo CD is at another commit than the wanted one. Commits do not change, so each is asked once;
 * a repository that cannot be read leaves the relation unknown, and then only exactly the wanted commit counts.
 */
export function createAncestry(inputs: Inputs, world: ActionWorld): Ancestry {
  const known = new Map<string, LiveState['relation']>()
  let opened: Promise<GitRepository> | undefined
  const ask = async (repository: string, current: string) => {
    opened ??= open(inputs, world, repository)
    return askGit(await opened, inputs, current)
  }
  return {
    async relate(current) {
      if (current === inputs.revision) return 'same'
      if (!isCommit(current) || inputs.repository === undefined) return 'unknown'
      const before = known.get(current)
      if (before !== undefined) return before
      const relation = await ask(inputs.repository, current).catch((error: unknown) => {
        world.log.warn(
          `Whether ${current.slice(0, 7)} contains the wanted commit cannot be told: ${messageOf(error)}`,
        )
        return 'unknown' as const
      })
      known.set(current, relation)
      return relation
    },
    // Where it could not be opened there is nothing to close, and that has been said.
    close: async () => (await opened?.catch(() => undefined))?.close(),
  }
}

async function askGit(
  repository: GitRepository,
  { branch, revision }: Inputs,
  current: string,
): Promise<LiveState['relation']> {
  for (const depth of DEPTHS) {
    await fetchBranch(repository, branch, depth)
    if (await isAncestor(repository, revision, current)) return 'newer'
    if (await isAncestor(repository, current, revision)) return 'older'
  }
  return 'diverged'
}

async function open(
  inputs: Inputs,
  { context, ...world }: ActionWorld,
  repository: string,
): Promise<GitRepository> {
  const url = /^[\w.-]+\/[\w.-]+$/.test(repository) ? `${context.serverUrl}/${repository}.git` : repository
  const { repositoryToken, requestTimeout } = inputs
  return openRepository(world, {
    remote: parseRemoteUrl(url),
    credential:
      repositoryToken === undefined ? { kind: 'anonymous' } : { kind: 'token', token: repositoryToken },
    temp: context.temp,
    caCert: await readCaCert(inputs.caCert, context.workspace),
    requestTimeout,
  })
}
