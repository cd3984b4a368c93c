import {
  type BumpOrder,
  type BumpResult,
  decideBump,
  decideRollback,
  type Landing,
  type Wish,
} from '@mlops-actions/gitops'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** What is to be decided at each head of the branch, from the inputs alone. */
export function planLanding(inputs: Inputs, world: ActionWorld): Landing<BumpResult> {
  const order = orderOf(inputs, world)
  const { file, name, namespace, component, container } = inputs
  const target = { component, name, namespace, container }
  const landing = { paths: [file], changeId: order.changeId }
  if (inputs.mode === 'rollback') {
    const request = { file, target, order, undos: undosOf(inputs) }
    return { ...landing, decide: (state) => decideRollback(request, state) }
  }
  const { onConflict, allowRepositoryChange, allowDowngrade } = inputs
  const rules = { onConflict, allowRepositoryChange, allowDowngrade }
  const changes = wishesOf(inputs).map((wish) => ({ ...wish, file, target }))
  const request = { changes, order, ...rules }
  return { ...landing, decide: (state, first) => decideBump(request, state, first) }
}

function wishesOf({ image, storageUri }: Inputs): Wish[] {
  return [
    ...(image === undefined ? [] : [{ set: 'image', value: image } as const]),
    ...(storageUri === undefined ? [] : [{ set: 'storage-uri', value: storageUri } as const]),
  ]
}

function undosOf({ image, previousImage, storageUri, previousStorageUri }: Inputs) {
  return [undoOf('image', image, previousImage), undoOf('storage-uri', storageUri, previousStorageUri)].flat()
}

function undoOf(set: 'image' | 'storage-uri', bad: string | undefined, good: string | undefined) {
  return bad === undefined || good === undefined ? [] : [{ set, bad, value: good }]
}

function orderOf(
  { commitMessage, trailers, rollbackOf }: Inputs,
  { context, random }: ActionWorld,
): BumpOrder {
  const { runId, runUrl, sha, actor, serverUrl, repository } = context
  return {
    changeId: Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join(''),
    run: {
      repositoryUrl: repository === '' ? '' : `${serverUrl}/${repository}`,
      runId,
      url: runUrl,
      sha,
      actor: actor === '' ? '' : `${actor} <${actor}@users.noreply.github.com>`,
    },
    trailers: trailers ?? new Map(),
    message: commitMessage,
    rollbackOf,
  }
}
