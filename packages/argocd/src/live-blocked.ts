import { failed, type Verdict } from '@mlops-actions/wait'
import { liveFailure } from './live-failure.ts'
import { type Live, type LiveState, lasting, type Memory } from './live-state.ts'

const COMPARISON_GRACE_MS = 60_000

/** What keeps every commit, or this one, from ever becoming live. */
export function judgeBlocked({ application, now }: LiveState, memory: Memory): Verdict<Live> | undefined {
  const { metadata, status } = application
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
  const condition = status.conditions.find(
    ({ type }) => type === 'ComparisonError' || type === 'InvalidSpecError',
  )
  if (!lasting(memory, 'comparison', condition !== undefined, now, COMPARISON_GRACE_MS)) return undefined
  return fail(
    'workload',
    'ARGOCD_COMPARISON',
    `${condition?.type ?? ''}: ${condition?.message ?? ''}`,
    'Correct the manifests or the Application; nothing was deployed',
  )
}
