import { failed, pending, type Verdict } from '@mlops-actions/wait'
import { isCommit } from '../model/source.ts'
import { liveFailure } from './failure.ts'
import {
  currentRevision,
  type Live,
  type LiveState,
  type LiveWant,
  lastingAnew,
  type Memory,
} from './state.ts'

/** Servers of a Git host do not all have a commit at the same moment. */
const REPLICATION_GRACE_MS = 20_000

/** Whether Argo CD is at the wanted commit, or at a newer one that will do. */
export function judgeRevision(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> | undefined {
  const { application, relation } = state
  const current = short(currentRevision(state, want))
  const wanted = short(want.revision)
  const isElsewhere = lastingAnew(memory, 'diverged', relation === 'diverged', state, REPLICATION_GRACE_MS)
  if (relation === 'same') return undefined
  if (relation === 'newer') {
    if (want.acceptNewer) return undefined
    const seen = `Argo CD is already at ${current}, which contains the wanted commit`
    const next = 'Somebody deployed a newer commit; follow that deployment, or set on-superseded: accept'
    return failed(liveFailure(application, 'conflict', 'ARGOCD_SUPERSEDED', seen, next))
  }
  const follows = want.source.source.targetRevision
  if (relation === 'diverged') {
    const seen = `Argo CD is at ${current}, which does not contain ${wanted}${follows === '' ? '' : ` (it follows ${follows})`}`
    const next =
      'Check `branch` and the branch of the Application (targetRevision), and whether the branch was force-pushed'
    if (!isElsewhere) return pending(seen)
    return failed(liveFailure(application, 'conflict', 'ARGOCD_DIVERGED', seen, next))
  }
  if (isCommit(follows) && follows === currentRevision(state, want)) {
    const seen = `Argo CD is at ${current}, and its targetRevision is that very commit, so it follows no branch`
    const next = 'Set targetRevision of the Application to the branch that this commit was pushed to'
    return failed(liveFailure(application, 'config', 'ARGOCD_PINNED', seen, next))
  }
  if (current === '') return pending('Argo CD has not compared yet')
  if (relation === 'older') return pending(`Argo CD is at ${current}, not yet at ${wanted}`)
  return pending(
    `Argo CD is at ${current}, not yet at ${wanted}, and whether the one contains the other is not known`,
  )
}

function short(revision: string): string {
  return revision.slice(0, 7)
}
