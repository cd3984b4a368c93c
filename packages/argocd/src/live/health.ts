import { evaluateRollout, rolloutKeys, unreadyPod } from '@mlops-actions/kubernetes/pods'
import type { Application } from '../model/application.wire.ts'
import { hasRipened, type Memory, type Noted } from './memory.ts'
import { isJudgedSince, isSyncing } from './operation.ts'
import { isThere, type LiveState, type LiveWant } from './state.ts'
import { waitingOf } from './unfinished.ts'
import { fails, type LiveVerdict, waits } from './verdict.ts'

export function healthKeys(state: LiveState, want: LiveWant): readonly Noted[] {
  const { application } = state
  const { health, sync } = application.status
  const isJudged = sync.status === 'Synced' && !isSyncing(application) && isJudgedSince(application)
  return health.status === 'Degraded' && isJudged && isThere(state) ? [degraded(want)] : []
}

function degraded({ degradedGrace }: LiveWant): Noted {
  return { key: 'degraded', lasting: degradedGrace }
}

export function judgeHealth(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict | undefined {
  const { application, now } = state
  const { status } = application.status.health
  if (status === 'Healthy' || (status === 'Suspended' && want.acceptSuspended)) return undefined
  if (hasRipened(memory, degraded(want), now))
    return fails(application, {
      kind: 'workload',
      code: 'ARGOCD_DEGRADED',
      seen: degradedText(application),
      next: 'Look at the resource named here; the summary lists the pods',
    })
  const why = unwellText(application)
  const cause = status === 'Suspended' ? 'suspended' : 'health'
  return waits(cause, `synced, health ${status}${why === '' ? '' : `: ${why}`}`)
}

/** Argo CD names the cause itself only from 3.6 on; before that the resource has it. */
function unwellText({ status }: Application): string {
  const { health, resources } = status
  if (health.message !== '') return health.message
  const unwell = resources.find((one) => one.health?.status === health.status && one.health.message !== '')
  if (unwell === undefined) return ''
  return `${unwell.kind} ${unwell.name}: ${unwell.health?.message.trim().replace(/\s*\n\s*/g, ' ')}`
}

function degradedText({ status }: Application): string {
  const broken = status.resources.filter(({ health }) => health?.status === 'Degraded')
  const details = broken.map(({ kind, name, health }) => `${kind} ${name}: ${health?.message ?? ''}`)
  return [`Degraded${status.health.message === '' ? '' : `: ${status.health.message}`}`, ...details].join(
    '\n',
  )
}

/** An object may look well because its controller has not yet read what was synced: KServe compares no generations. */
export function judgeBehind({ behind }: LiveState): LiveVerdict | undefined {
  return behind === undefined ? undefined : waits('behind', `synced; ${behind}`)
}

/** What the version has to be is Git's matter: here it counts that the Deployment has come to its own template. */
const ANY_VERSION = { acceptsZero: true }

export function rolloutNoted({ rollouts }: LiveState): readonly Noted[] {
  return rollouts
    .flatMap((rollout) => rolloutKeys(rollout, ANY_VERSION))
    .map((key) => ({ key, lasting: undefined }))
}

/** By the same rule as kserve-health-check: complete, and every ready pod of the newest ReplicaSet. */
export function judgeRollouts(
  { rollouts, now }: LiveState,
  { explain }: LiveWant,
  { marks }: Memory,
): LiveVerdict | undefined {
  for (const rollout of rollouts) {
    const verdict = evaluateRollout(rollout, ANY_VERSION, { sightings: marks, now })
    const { name = '', namespace = '' } = rollout.deployment?.metadata ?? {}
    if (verdict.status === 'pending') {
      const cause = waitingOf(unreadyPod(rollout), 'rollout')
      return waits(cause, `synced; Deployment ${name}: ${verdict.reason}`)
    }
    if (verdict.status === 'failed') {
      const failure = explain({ trouble: verdict.trouble, namespace, pod: undefined })
      return { status: 'failed', cause: failure.code, reason: failure.details.seen, failure }
    }
  }
  return undefined
}
