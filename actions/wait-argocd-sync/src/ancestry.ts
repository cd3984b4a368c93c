import { isCommit, type Relation } from '@mlops-actions/argocd'
import { messageOf } from '@mlops-actions/diagnostics'
import {
  fetchBranch,
  type GitRepository,
  isAncestor,
  openRepository,
  parseRemoteUrl,
} from '@mlops-actions/git'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { WaitInputs } from './inputs.ts'

/** Commits of history that are fetched before giving up on a relation, step by step. */
const DEPTHS = [20, 500, 2 ** 31 - 1]

/** How long a relation that may have been a passing trouble is left alone before Git is asked again. */
const ASK_AGAIN_MS = 10_000

export interface Ancestry {
  /** How a commit relates to the wanted one. */
  relate(current: string): Promise<Relation>
  close(): Promise<void>
}

/**
 * Asks Git, and only when Argo CD is at another commit than the wanted one. How two commits relate does not change, so
 * that is asked once; but that one of them is not there, or Git cannot be reached, may pass and is asked again.
 * Where Git cannot be asked only exactly the wanted commit counts.
 */
export function createAncestry(inputs: WaitInputs, world: ActionWorld): Ancestry {
  const known = new Map<string, Relation>()
  const doubtful = new Map<string, { readonly relation: Relation; readonly until: number }>()
  const opening = createOpening(inputs, world)
  return {
    async relate(current) {
      if (current === inputs.revision) return 'same'
      if (!isCommit(current) || inputs.repository === undefined) return 'unknown'
      const doubt = doubtful.get(current)
      const before = known.get(current)
      if (before !== undefined) return before
      if (doubt !== undefined && world.now() < doubt.until) return doubt.relation
      const relation = await opening.ask(inputs.repository, current)
      if (relation === 'newer' || relation === 'older') known.set(current, relation)
      else doubtful.set(current, { relation, until: world.now() + ASK_AGAIN_MS })
      return relation
    },
    close: opening.close,
  }
}

/** The local repository, opened when it is first needed, and anew where that failed. */
function createOpening(inputs: WaitInputs, world: ActionWorld) {
  let opened: GitRepository | undefined
  const warned = new Set<string>()
  return {
    async ask(repository: string, current: string): Promise<Relation> {
      try {
        opened ??= await open(inputs, world, repository)
        return await askGit(opened, inputs, current)
      } catch (error) {
        const why = messageOf(error)
        if (!warned.has(why))
          world.log.warn(
            `Whether ${current.slice(0, 7)} contains the wanted commit cannot be told now: ${why}`,
          )
        warned.add(why)
        return 'unknown'
      }
    },
    close: async () => opened?.close(),
  }
}

/**
 * `newer` contains the wanted commit, `older` does not but is on the branch that does; everything else is `diverged`:
 * the wanted commit is not on the branch, or Argo CD is somewhere else.
 */
async function askGit(
  repository: GitRepository,
  { branch, revision }: WaitInputs,
  current: string,
): Promise<Relation> {
  let head = ''
  for (const depth of DEPTHS) {
    head = await fetchBranch(repository, branch, depth)
    if (await isAncestor(repository, revision, current)) return 'newer'
    if (await isAncestor(repository, current, revision)) return 'older'
  }
  // Two lines of history that were merged: Argo CD is on the one, the wanted commit on the other.
  const onBranch = [revision, current].map((commit) => isAncestor(repository, commit, head))
  return (await Promise.all(onBranch)).every((is) => is) ? 'older' : 'diverged'
}

async function open(
  inputs: WaitInputs,
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
