import { hasRipened, type Memory, type Noted } from './memory.ts'
import { currentRevision, type LiveState, type LiveWant, shortRevision } from './state.ts'
import { blocks, fails, type LiveVerdict, waits } from './verdict.ts'

/** Since when this wait has looked. */
const WATCHED: Noted = { key: 'hydration watched', lasting: undefined }
/** Where somebody has to bring the manifests from one branch to another, a robot may do so in seconds. */
const NOT_PROMOTED: Noted = { key: 'not promoted', lasting: 30_000 }

export function hydrationKeys(state: LiveState, want: LiveWant): readonly Noted[] {
  if (want.source.kind !== 'hydrated') return []
  return isWritten(state) && isPromotedByOthers(state) ? [WATCHED, NOT_PROMOTED] : [WATCHED]
}

/**
 * Whether the source hydrator has written the manifests of the wanted commit, and Argo CD has read those: the commit that
 * it syncs is another one (argo-cd controller/hydrator/hydrator.go).
 */
export function judgeHydration(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict | undefined {
  if (want.source.kind !== 'hydrated') return undefined
  const operation = state.application.status.sourceHydrator?.currentOperation
  if (operation === undefined) return waits('hydrating', 'the source hydrator has written no manifests yet')
  if (operation.phase === 'Hydrating')
    return waits('hydrating', 'the source hydrator is writing the manifests')
  if (operation.phase === 'Failed') return judgeFailed(state, memory, operation)
  if (!isWritten(state)) return undefined
  return judgeWritten(state, want, memory, operation.hydratedSHA)
}

/** Its failure names the commit only where it came as far as reading it. */
function judgeFailed(
  { application, relation }: LiveState,
  { marks }: Memory,
  { drySHA, message, startedAt }: { drySHA: string; message: string; startedAt: string },
): LiveVerdict {
  const isOurs = relation === 'same' || relation === 'newer'
  const watched = marks.get(WATCHED.key)?.since ?? Infinity
  if (isOurs || (drySHA === '' && Date.parse(startedAt) >= watched))
    return fails(application, {
      kind: 'workload',
      code: 'ARGOCD_HYDRATION',
      seen: `the source hydrator failed: ${message}`,
      next: 'Correct the manifests, or the right of Argo CD to write to the repository; nothing was deployed',
    })
  return waits('hydrating', `the source hydrator failed at an earlier commit, and tries again: ${message}`)
}

function judgeWritten(
  state: LiveState,
  want: LiveWant,
  memory: Memory,
  hydratedSHA: string,
): LiveVerdict | undefined {
  const { application, hydrated, now } = state
  if (hydrated === 'same' || hydrated === 'newer') return undefined
  const current = shortRevision(currentRevision(state, want))
  const written = `the manifests of this commit are written as ${shortRevision(hydratedSHA)}`
  if (!isPromotedByOthers(state))
    return waits('hydrating', `${written}, and Argo CD is at ${current || 'no commit'}`)
  const { hydrateTo, syncSource } = application.spec.sourceHydrator ?? {}
  const seen = `${written} on ${hydrateTo?.targetBranch}, and have not come to ${syncSource?.targetBranch} yet`
  if (!hasRipened(memory, NOT_PROMOTED, now)) return waits('hydrating', seen)
  const next = `Bring them to ${syncSource?.targetBranch}: merge the pull request, or run what promotes them`
  return blocks(application, { code: 'ARGOCD_NOT_PROMOTED', seen, next, retryable: true })
}

function isWritten({ relation, application }: LiveState): boolean {
  const isOurs = relation === 'same' || relation === 'newer'
  return isOurs && application.status.sourceHydrator?.currentOperation?.phase === 'Hydrated'
}

/** `hydrateTo` is a branch from which others bring the manifests to the one that is synced. */
function isPromotedByOthers({ application, hydrated }: LiveState): boolean {
  const { hydrateTo, syncSource } = application.spec.sourceHydrator ?? {}
  const isElsewhere = hydrateTo !== undefined && hydrateTo.targetBranch !== syncSource?.targetBranch
  return isElsewhere && hydrated !== 'same' && hydrated !== 'newer'
}
