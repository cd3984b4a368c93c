import {
  type ApplicationName,
  type Argocd,
  askingNodes,
  createPodReader,
  type Declared,
  describePaused,
  type LiveState,
  type ResourceTree,
  ROLLOUTS,
  versionsIn,
} from '@mlops-actions/argocd'
import { unknownValue } from '@mlops-actions/http'
import { createServedReader } from './behind.ts'
import type { Served } from './served.ts'

/** What lies below an Application, read when it is asked for. */
export interface Below {
  tree(): Promise<ResourceTree>
  /** Those pods of the tree that are not well. */
  pods(tree: ResourceTree): Promise<LiveState['pods']>
  /** What KServe does with what was synced. */
  served(tree: ResourceTree, pods: LiveState['pods']): Promise<Served>
  /** In words, what is paused on purpose. */
  paused(tree: ResourceTree): Promise<readonly string[]>
  /** Which versions the objects ask for. */
  declared(tree: ResourceTree): Promise<readonly Declared[]>
}

/** @param say told once of what is paused, or not proven: a wait that accepts that ends well, and the reader has to know */
export function createBelow(
  argocd: Argocd,
  name: ApplicationName,
  say: (note: string) => void = () => {},
): Below {
  const said = new Set<string>()
  const sayOnce = (note: string): void => {
    if (!said.has(note)) say(`${name.name}: ${note}`)
    said.add(note)
  }
  const read = createServedReader(argocd, name)
  return {
    tree: () => argocd.tree(name),
    pods: createPodReader(argocd, name),
    async served(tree, pods) {
      const served = await read(tree, pods)
      for (const note of served.unproven) sayOnce(note)
      return served
    },
    async paused({ nodes }) {
      const suspended = nodes.filter(
        ({ kind, group, health }) =>
          kind === ROLLOUTS.kind && group === ROLLOUTS.group && health?.status === 'Suspended',
      )
      const rollouts = await Promise.all(suspended.map((node) => argocd.resource(name, node, ROLLOUTS.check)))
      const notes = rollouts.flatMap((rollout) => (rollout && describePaused(rollout)) ?? [])
      for (const note of notes) sayOnce(note)
      return notes
    },
    async declared(tree) {
      const nodes = askingNodes(tree)
      const objects = await Promise.all(nodes.map((node) => argocd.resource(name, node, unknownValue)))
      return nodes.map((node, index) => ({ on: `${node.kind} ${node.name}`, ...versionsIn(objects[index]) }))
    },
  }
}
