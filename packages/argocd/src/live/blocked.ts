import { failed, type Verdict } from '@mlops-actions/wait'
import type { ApplicationCondition } from '../model/application.wire.ts'
import { liveFailure } from './failure.ts'
import { type Live, type LiveState, lasting, lastingAnew, type Memory } from './state.ts'

const COMPARISON_GRACE_MS = 60_000

/** What keeps every commit, or this one, from ever becoming live. */
export function judgeBlocked(state: LiveState, memory: Memory): Verdict<Live> | undefined {
  const { application } = state
  const { metadata } = application
  const fail = (kind: 'not-found' | 'policy' | 'workload', code: string, seen: string, next: string) =>
    failed(liveFailure(application, kind, code, seen, next))
  if (metadata.deletionTimestamp !== undefined)
    return fail(
      'not-found',
      'ARGOCD_DELETED',
      'the Application is being deleted',
      'Create it again, then run this step again',
    )
  if (metadata.annotations['argocd.argoproj.io/skip-reconcile'] === 'true')
    return fail(
      'policy',
      'ARGOCD_SKIP_RECONCILE',
      'the annotation argocd.argoproj.io/skip-reconcile stops Argo CD',
      'Remove the annotation',
    )
  const condition = lastingError(state, memory)
  if (condition === undefined) return undefined
  return fail(
    'workload',
    'ARGOCD_COMPARISON',
    `${condition.type}: ${condition.message}`,
    'Correct the manifests or the Application; nothing was deployed',
  )
}

/**
 * An invalid specification, or one whose project cannot be read, is not compared at all, so `reconciledAt` stands still (argo-cd controller/appcontroller.go
 * processAppRefreshQueueItem); an error of a comparison is only that of this commit once there has been another one.
 */
function lastingError(state: LiveState, memory: Memory): ApplicationCondition | undefined {
  const { conditions } = state.application.status
  const of = (...wanted: string[]) => conditions.find(({ type }) => wanted.includes(type))
  const [invalid, failed] = [of('InvalidSpecError', 'UnknownError'), of('ComparisonError')]
  const isInvalid = lasting(memory, 'invalid', invalid !== undefined, state, COMPARISON_GRACE_MS)
  const hasFailed = lastingAnew(memory, 'comparison', failed !== undefined, state, COMPARISON_GRACE_MS)
  return isInvalid ? invalid : hasFailed ? failed : undefined
}
