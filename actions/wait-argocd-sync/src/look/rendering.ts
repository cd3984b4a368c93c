import { type Application, comparedAtOf } from '@mlops-actions/argocd'
import type { World } from '@mlops-actions/diagnostics'
import { backOff } from './back-off.ts'

/** Whether Argo CD has rendered the manifests anew, which a hard refresh asks for. */
export interface Rendering {
  /** Told at every look, so that what is never answered holds nothing up for ever. */
  isDone(): boolean
  /** Whether a hard refresh is to be asked for now. */
  isDue(): boolean
  /**
   * Notes that one is asked for.
   * @param comparedAt when Argo CD had compared last, in milliseconds
   */
  asked(comparedAt: number): void
  /** Takes the Application that a hard refresh was answered with. */
  answered(application: Application): void
}

/** What has been asked for that long is taken for done, as an error of a comparison is then taken for one. */
const PATIENCE_MS = 60_000

/**
 * A hard refresh gets lost like any other one: it is answered, and what was under way has compared the old manifests
 * (argo-cd #28603). `reconciledAt` is when a comparison began (argo-cd controller/appcontroller.go
 * processAppRefreshQueueItem), in whole seconds: one that began after the request has rendered.
 */
export function createRendering({ now }: World): Rendering {
  const again = backOff(now)
  let first: { readonly at: number; readonly comparedAt: number } | undefined
  let isSeen = false
  const isDone = () => isSeen || (first !== undefined && now() - first.at >= PATIENCE_MS)
  return {
    isDone,
    isDue: () => !isDone() && again.isDue(),
    asked(comparedAt) {
      first ??= { at: now(), comparedAt }
      again.did()
    },
    answered(application) {
      if (first === undefined) return
      const began = comparedAtOf(application)
      isSeen ||= began > first.comparedAt && began >= Math.floor(first.at / 1_000) * 1_000
    },
  }
}
