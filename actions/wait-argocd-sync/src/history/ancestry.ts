import { isCommit, type Relation, type SelectedSource } from '@mlops-actions/argocd'
import { messageOf } from '@mlops-actions/diagnostics'
import type { ActionWorld } from '@mlops-actions/runner'
import type { WaitInputs } from '../inputs.ts'
import { gitHostOf } from './git-host.ts'
import { createHistory, type History } from './history.ts'
import { followedBy, type Question } from './relation.ts'

/** How long a relation that may have been a passing trouble is left alone before Git is asked again. */
const ASK_AGAIN_MS = 10_000

export interface Ancestry {
  /** How a commit relates to the wanted one. */
  relate(current: string): Promise<Relation>
  /** How a commit relates to the one that a source hydrator wrote to a branch. */
  relateWritten(written: string, branch: string, current: string): Promise<Relation>
  /** In words, the open pull request that the wanted commit belongs to, where that can be asked. */
  proposal(): Promise<string | undefined>
  /** The text of a file at a commit; undefined where there is none, or it cannot be read. */
  readFile(commit: string, path: string): Promise<string | undefined>
  close(): Promise<void>
}

/** Of an Application that has to come to no commit: whatever its sources name will do. */
export const ANY_REVISION: Ancestry = {
  relate: async () => 'same',
  relateWritten: async () => 'same',
  proposal: async () => undefined,
  readFile: async () => undefined,
  close: async () => {},
}

/**
 * Asks Git, and only when Argo CD is at another commit than the wanted one. How two commits relate does not change, so
 * that is asked once; but that one of them is not there, or Git cannot be reached, may pass and is asked again.
 * Where Git cannot be asked only exactly the wanted commit counts.
 */
export function createAncestry(
  inputs: WaitInputs,
  world: ActionWorld,
  { source, kind }: SelectedSource,
): Ancestry {
  const { revision: wanted, branch } = inputs
  const host =
    kind === 'git' || kind === 'hydrated' ? gitHostOf(inputs, source.repoURL, world.context) : undefined
  const history = host && createHistory(inputs, world, host)
  const ask = createAsking(world, history, inputs.repository !== undefined)
  const followed = followedBy(source.targetRevision, branch)
  return {
    relate: (current) => ask.about({ wanted, current, followed, branch }),
    relateWritten: (written, to, current) =>
      ask.about({ wanted: written, current, followed: to, branch: to }),
    proposal: createProposal(world, history, wanted),
    readFile: async (commit, path) => history?.readFile(commit, path).catch(() => undefined),
    close: async () => {
      await ask.settled()
      await history?.close()
    },
  }
}

/** A pull request may be merged at any moment, and need not be asked about at every look. */
function createProposal(world: ActionWorld, history: History | undefined, wanted: string) {
  let last: { readonly proposal: string | undefined; readonly until: number } | undefined
  return async () => {
    if (last === undefined || world.now() >= last.until) {
      const proposal = await history?.proposalOf(wanted)
      last = { proposal, until: world.now() + ASK_AGAIN_MS }
    }
    return last.proposal
  }
}

/** Remembers what cannot change, and leaves a while between two questions about the rest. */
function createAsking(world: ActionWorld, history: History | undefined, isGiven: boolean) {
  const known = new Map<string, Relation>()
  const doubtful = new Map<string, { readonly relation: Relation; readonly until: number }>()
  const warned = new Set<string>()
  const answer = async (question: Question): Promise<Relation> => {
    try {
      return (await history?.relate(question)) ?? 'unknown'
    } catch (error) {
      const why = messageOf(error)
      const commit = question.current.slice(0, 7)
      const words = `Whether ${commit} contains the wanted commit cannot be told now: ${why}`
      // Nobody has said that this repository may be asked: it may well be private.
      const say = isGiven ? world.log.warn : world.log.info
      if (!warned.has(why)) say(words)
      warned.add(why)
      return 'unknown'
    }
  }
  const underWay = new Map<string, Promise<Relation>>()
  const askNow = async (key: string, question: Question): Promise<Relation> => {
    const relation = await answer(question)
    if (relation === 'newer' || relation === 'older') known.set(key, relation)
    else doubtful.set(key, { relation, until: world.now() + ASK_AGAIN_MS })
    underWay.delete(key)
    return relation
  }
  return {
    async about(question: Question): Promise<Relation> {
      const { wanted, current } = question
      if (current === wanted) return 'same'
      if (!isCommit(current) || history === undefined) return 'unknown'
      const key = `${wanted} ${current}`
      const doubt = doubtful.get(key)
      const before = known.get(key)
      if (before !== undefined) return before
      if (doubt !== undefined && world.now() < doubt.until) return doubt.relation
      // An event and a look may ask the same at once.
      const asking = underWay.get(key) ?? askNow(key, question)
      underWay.set(key, asking)
      return asking
    },
    /** An event that came with the last look may still be asking. */
    settled: () => Promise.allSettled(underWay.values()),
  }
}
