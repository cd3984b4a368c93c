import {
  type Ancestry,
  type BumpOrder,
  type BumpResult,
  decideBump,
  decideRollback,
  type Landing,
  type WantedChange,
} from '@mlops-actions/gitops'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { provenanceTrailers } from './provenance.ts'
import { targetOf, wantedOf } from './wanted.ts'

/** What is to be decided at each head of the branch, from the inputs alone. */
export function planLanding(
  inputs: Inputs,
  world: ActionWorld,
  reference: BumpOrder['reference'] = {},
  ancestry?: Ancestry,
): Landing<BumpResult> {
  const order = { ...orderOf(inputs, world), reference }
  const { changeId } = order
  if (inputs.mode === 'rollback') {
    const request = { files: inputs.file, target: targetOf(inputs), order, undos: undosOf(inputs) }
    return { paths: inputs.file, changeId, decide: (state) => decideRollback(request, state) }
  }
  const { onConflict, allowRepositoryChange, allowDowngrade, allowedRegistries } = inputs
  const rules = { onConflict, allowRepositoryChange, allowDowngrade, allowedRegistries }
  const changes = changesOf(inputs)
  const request = { changes, order, ancestry, ...rules }
  const files = changes.map(({ file }) => file)
  const { freezeFile } = inputs
  if (freezeFile === undefined)
    return { paths: unique(files), changeId, decide: (state, first) => decideBump(request, state, first) }
  const freeze = () => ({ file: freezeFile, now: world.now() })
  return {
    paths: unique([...files, freezeFile]),
    mayBeMissing: true,
    changeId,
    decide: (state, first) => decideBump({ ...request, freeze: freeze() }, state, first),
  }
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)]
}

/** The inputs are one entry, and `changes` has more of them. */
function changesOf(inputs: Inputs): WantedChange[] {
  const own = wantedOf(inputs.file, targetOf(inputs), inputs)
  return [own, ...(inputs.changes ?? [])].flatMap(({ files, target, wishes }) =>
    (files.length === 0 ? inputs.file : files).flatMap((file) =>
      wishes.map((wish) => ({ ...wish, file, target })),
    ),
  )
}

function undosOf({ image, previousImage, storageUri, previousStorageUri }: Inputs) {
  return [undoOf('image', image, previousImage), undoOf('storage-uri', storageUri, previousStorageUri)].flat()
}

function undoOf(set: 'image' | 'storage-uri', bad: string | undefined, good: string | undefined) {
  return bad === undefined || good === undefined ? [] : [{ set, bad, value: good }]
}

function orderOf(
  { commitMessage, rollbackOf, ...inputs }: Inputs,
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
    trailers: new Map([...provenanceTrailers(inputs), ...(inputs.trailers ?? [])]),
    message: commitMessage,
    rollbackOf,
  }
}
