import { isCommit, type Relation } from '@mlops-actions/argocd'
import { messageOf } from '@mlops-actions/diagnostics'
import { type GitRepository, openRepository, parseRemoteUrl } from '@mlops-actions/git'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { WaitInputs } from './inputs.ts'
import { askBranches, otherBranch } from './relation.ts'

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
 * @param targetRevision what the Application follows: where that is another branch, it is asked about there, too
 */
export function createAncestry(inputs: WaitInputs, world: ActionWorld, targetRevision: string): Ancestry {
  const known = new Map<string, Relation>()
  const doubtful = new Map<string, { readonly relation: Relation; readonly until: number }>()
  const branches = [inputs.branch, ...otherBranch(targetRevision, inputs.branch)]
  const opening = createOpening(inputs, world, branches)
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
function createOpening(inputs: WaitInputs, world: ActionWorld, branches: readonly string[]) {
  let opened: GitRepository | undefined
  const warned = new Set<string>()
  return {
    async ask(repository: string, current: string): Promise<Relation> {
      try {
        opened ??= await open(inputs, world, repository)
        return await askBranches(opened, branches, inputs.revision, current)
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
