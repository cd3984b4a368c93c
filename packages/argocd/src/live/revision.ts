import { isCommit, isRange, sourceNow } from '../model/source.ts'
import { hasRipened, type Memory, type Noted } from './memory.ts'
import { currentRevision, type LiveState, type LiveWant, shortRevision } from './state.ts'
import { blocks, fails, type LiveVerdict, waits } from './verdict.ts'

/** Servers of a Git host do not all have a commit at the same moment. */
const DIVERGED: Noted = { key: 'diverged', lasting: 20_000, comparisons: 1 }
/** Who makes the Application from Git may be about to move its targetRevision. */
const ELSEWHERE: Noted = { key: 'elsewhere', lasting: 30_000, comparisons: 1 }
const PROPOSED: Noted = { key: 'proposed', lasting: 30_000 }

export function revisionKeys(state: LiveState, want: LiveWant): readonly Noted[] {
  if (state.relation === 'diverged') return state.proposal === undefined ? [DIVERGED] : [PROPOSED]
  return isFixedElsewhere(state, want) ? [ELSEWHERE] : []
}

/** Whether Argo CD is at the wanted revision, or at a newer one that will do. */
export function judgeRevision(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict | undefined {
  const { application, relation } = state
  const current = shortRevision(currentRevision(state, want))
  const wanted = shortRevision(want.revision)
  if (relation === 'same') return undefined
  if (relation === 'newer') return want.acceptNewer ? undefined : superseded(state, current)
  if (relation === 'diverged') return judgeDiverged(state, want, memory)
  if (isFixedElsewhere(state, want)) return judgeElsewhere(state, want, memory)
  if (current === '') return waits('not-compared', 'Argo CD has not compared yet')
  if (want.source.kind === 'helm' || want.source.kind === 'oci')
    return waits('older', `Argo CD is at ${current}, not at ${wanted}`)
  const there = want.source.kind === 'hydrated' ? hydratedFrom(state) : current
  if (relation === 'older') return waits('older', `Argo CD is at ${there}, not yet at ${wanted}`)
  return waits(
    'relation-unknown',
    `Argo CD is at ${there}, not yet at ${wanted}, and whether the one contains the other is not known${application.spec.sourceHydrator === undefined ? '' : ' yet'}`,
  )
}

function hydratedFrom({ application }: LiveState): string {
  return shortRevision(application.status.sourceHydrator?.currentOperation?.drySHA ?? '')
}

function superseded({ application }: LiveState, current: string): LiveVerdict {
  return fails(application, {
    kind: 'conflict',
    code: 'ARGOCD_SUPERSEDED',
    seen: `Argo CD is already at ${current}, which contains the wanted commit`,
    next: 'Somebody deployed a newer commit; follow that deployment, or set on-superseded: accept',
  })
}

function judgeDiverged(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict {
  const { application, proposal, now } = state
  const follows = sourceNow(application, want.source).targetRevision
  if (proposal !== undefined) {
    const seen = `the wanted commit is on no branch that Argo CD follows: it belongs to ${proposal}`
    if (!hasRipened(memory, PROPOSED, now)) return waits('proposed', seen)
    const next = 'Merge the pull request, and wait for the commit that the merge makes'
    return blocks(application, { code: 'ARGOCD_NOT_MERGED', seen, next, retryable: true })
  }
  const current = shortRevision(currentRevision(state, want))
  const seen = `Argo CD is at ${current}, which does not contain ${shortRevision(want.revision)}${follows === '' ? '' : ` (it follows ${follows})`}`
  if (!hasRipened(memory, DIVERGED, now)) return waits('diverged', seen)
  return fails(application, {
    kind: 'conflict',
    code: 'ARGOCD_DIVERGED',
    seen,
    next: 'Check `branch` and the branch of the Application (targetRevision), and whether the branch was force-pushed',
  })
}

/** Whether what the Application follows can never bring the wanted revision, as long as nobody changes it. */
function isFixedElsewhere(state: LiveState, want: LiveWant): boolean {
  const { relation, application } = state
  if (relation === 'elsewhere') return true
  if (relation !== 'older' && relation !== 'unknown') return false
  const follows = sourceNow(application, want.source).targetRevision
  const { kind } = want.source
  if (kind === 'helm' || kind === 'oci')
    return follows !== '' && !isRange(follows) && follows !== want.revision
  return isCommit(follows) && follows !== want.revision && follows === currentRevision(state, want)
}

function judgeElsewhere(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict {
  const { application, now } = state
  const follows = sourceNow(application, want.source).targetRevision
  const current = shortRevision(currentRevision(state, want))
  const wanted = shortRevision(want.revision)
  const isPinned = isCommit(follows)
  const seen = isPinned
    ? `Argo CD is at ${current}, and its targetRevision is that very commit, so it follows no branch`
    : `Argo CD follows ${shortRevision(follows)} (targetRevision), which ${wanted} is not on`
  if (!hasRipened(memory, ELSEWHERE, now)) return waits('not-followed', seen)
  return fails(application, {
    kind: 'config',
    code: isPinned ? 'ARGOCD_PINNED' : 'ARGOCD_BRANCH',
    seen,
    next:
      want.source.kind === 'git' || want.source.kind === 'hydrated'
        ? 'Set targetRevision of the Application to the branch that this commit was pushed to, or wait for another Application'
        : `Set targetRevision of the Application to ${want.revision}, or wait for another Application`,
  })
}
