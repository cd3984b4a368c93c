import type { ApplicationCondition } from '../model/application.wire.ts'
import { hasRipened, type Memory, type Noted } from './memory.ts'
import type { LiveState } from './state.ts'
import { blocks, fails, type LiveVerdict } from './verdict.ts'

const COMPARISON_GRACE_MS = 60_000
/**
 * What the manifests say does not change by waiting. Two comparisons in that time tell the error of this commit from one
 * that a repo-server had while it restarted; with the jitter of the wait it is told within 30 s of showing.
 */
const MANIFEST_GRACE_MS = 25_000

/** Words of a repository that could not be reached, among those of manifests that could not be made. */
const UNREACHABLE =
  /dial tcp|connection (?:refused|reset)|i\/o timeout|no such host|deadline exceeded|Client\.Timeout|TLS handshake|code = Unavailable|\b50[234]\b|unexpected EOF|failed to (?:list refs|fetch)|repository not (?:found|accessible)|authentication required|unable to resolve/i

/** What keeps every commit, or this one, from ever becoming live. */
export function judgeStopped(state: LiveState, memory: Memory): LiveVerdict | undefined {
  const { application, now } = state
  const { metadata } = application
  if (metadata.deletionTimestamp !== undefined)
    return fails(application, {
      kind: 'not-found',
      code: 'ARGOCD_DELETED',
      seen: 'the Application is being deleted',
      next: 'Create it again, then run this step again',
    })
  if (metadata.annotations['argocd.argoproj.io/skip-reconcile'] === 'true')
    return blocks(application, {
      code: 'ARGOCD_SKIP_RECONCILE',
      seen: 'the annotation argocd.argoproj.io/skip-reconcile stops Argo CD',
      next: 'Remove the annotation',
    })
  const found = errorsOf(state).find(({ noted }) => hasRipened(memory, noted, now))
  if (found === undefined) return undefined
  return fails(application, {
    kind: 'workload',
    code: 'ARGOCD_COMPARISON',
    seen: `${found.condition.type}: ${found.condition.message}`,
    next: 'Correct the manifests or the Application; nothing was deployed',
  })
}

export function stoppedKeys(state: LiveState): readonly Noted[] {
  return errorsOf(state).map(({ noted }) => noted)
}

/**
 * An invalid specification, or one whose project cannot be read, is not compared at all, so `reconciledAt` stands still
 * (argo-cd controller/appcontroller.go processAppRefreshQueueItem); an error of a comparison is only that of this commit
 * once there has been another one.
 */
function errorsOf({
  application,
}: LiveState): readonly { readonly condition: ApplicationCondition; readonly noted: Noted }[] {
  return application.status.conditions.flatMap((condition) => {
    const noted = patienceFor(condition)
    return noted === undefined ? [] : [{ condition, noted }]
  })
}

function patienceFor({ type, message }: ApplicationCondition): Noted | undefined {
  if (type === 'InvalidSpecError' || type === 'UnknownError')
    return { key: 'invalid', lasting: COMPARISON_GRACE_MS }
  if (type !== 'ComparisonError') return undefined
  return isOfManifests(message)
    ? { key: 'manifests', lasting: MANIFEST_GRACE_MS, comparisons: 2 }
    : { key: 'comparison', lasting: COMPARISON_GRACE_MS, comparisons: 1 }
}

function isOfManifests(message: string): boolean {
  return /manifest/i.test(message) && !UNREACHABLE.test(message)
}
