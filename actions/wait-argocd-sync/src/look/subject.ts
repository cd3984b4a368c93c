import {
  type ApplicationName,
  type Argocd,
  createLiveJudge,
  type LiveJudge,
  type PodTrouble,
  type SelectedSource,
} from '@mlops-actions/argocd'
import { explainPodTrouble } from '@mlops-actions/kserve/pod-failure'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Ancestry } from '../history/ancestry.ts'
import { isVersionExpected, type WaitInputs } from '../inputs.ts'
import { createBelow } from './below.ts'
import { createObserver, type Observer } from './observe.ts'

/** One Application, who looks at it and who judges what is seen. */
export interface Subject {
  readonly judge: LiveJudge
  readonly observer: Observer
}

export interface SubjectOptions {
  readonly argocd: Argocd
  readonly name: ApplicationName
  readonly source: SelectedSource
  readonly ancestry: Ancestry
}

/** Makes observer and judge of one Application, by the inputs of the step. */
export function createSubject(
  inputs: WaitInputs,
  world: ActionWorld,
  { argocd, name, source, ancestry }: SubjectOptions,
): Subject {
  const { revision, expectedImages: images, expectedStorageUri: storageUri } = inputs
  const want = {
    revision,
    source,
    images,
    storageUri,
    settle: inputs.settle,
    degradedGrace: inputs.degradedGrace,
    acceptNewer: inputs.onSuperseded === 'accept',
    acceptSuspended: inputs.acceptSuspended,
    explain: ({ trouble, pod, namespace }: PodTrouble) =>
      explainPodTrouble(trouble, { pod, namespace, showLogs: inputs.includePodLogs }),
  }
  const judge = createLiveJudge(want, inputs.onBlocked)
  const observer = createObserver(world, argocd, ancestry, {
    name,
    source,
    revision,
    isVersionExpected: isVersionExpected(inputs),
    below: createBelow(argocd, name, world.log.warn),
    isDeep: inputs.deepHealth,
    wantsRefresh: () => judge.wantsRefresh,
    wantsRendering: () => judge.wantsRendering,
  })
  return { judge, observer }
}
