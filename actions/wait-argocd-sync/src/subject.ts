import {
  type ApplicationName,
  type Argocd,
  createLiveJudge,
  createPodReader,
  type LiveJudge,
  type SelectedSource,
} from '@mlops-actions/argocd'
import { explainPodTrouble } from '@mlops-actions/kserve/pod-failure'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Ancestry } from './ancestry.ts'
import { createBehindReader } from './behind.ts'
import type { WaitInputs } from './inputs.ts'
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
  const judge = createLiveJudge({
    revision: inputs.revision,
    source,
    images: inputs.expectedImages,
    settle: inputs.settle,
    degradedGrace: inputs.degradedGrace,
    acceptNewer: inputs.onSuperseded === 'accept',
    acceptSuspended: inputs.acceptSuspended,
    explain: ({ trouble, pod, namespace }) =>
      explainPodTrouble(trouble, { pod, namespace, showLogs: inputs.includePodLogs }),
  })
  const observer = createObserver(world, argocd, ancestry, {
    name,
    source,
    readPods: inputs.deepHealth ? createPodReader(argocd, name) : undefined,
    readBehind: inputs.deepHealth ? createBehindReader(argocd, name) : undefined,
    wantsRefresh: () => judge.isUnconfirmed,
  })
  return { judge, observer }
}
