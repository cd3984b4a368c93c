import { matchesImage } from '@mlops-actions/kubernetes/pods'
import { failed, pending, type Verdict } from '@mlops-actions/wait'
import { degradedText, liveFailure } from './failure.ts'
import { type Live, type LiveState, type LiveWant, lasting, type Memory } from './state.ts'

export function judgeHealth(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> | undefined {
  const { application } = state
  const { status, message } = application.status.health
  const degraded = lasting(memory, 'degraded', status === 'Degraded', state, want.degradedGrace)
  if (status === 'Healthy' || (status === 'Suspended' && want.acceptSuspended)) return undefined
  if (degraded)
    return failed(
      liveFailure(
        application,
        'workload',
        'ARGOCD_DEGRADED',
        degradedText(application),
        'Look at the resource named here; the summary lists the pods',
      ),
    )
  return pending(`synced, health ${status}${message === '' ? '' : `: ${message}`}`)
}

/** An object may look well because its controller has not yet read what was synced: KServe compares no generations. */
export function judgeBehind({ behind }: LiveState): Verdict<Live> | undefined {
  return behind === undefined ? undefined : pending(`synced; ${behind}`)
}

export function judgeImages({ application }: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const seen = application.status.summary.images
  const missing = want.images.find((image) => !seen.some((one) => matchesImage(one, { image })))
  return missing === undefined ? undefined : pending(`no pod has the image ${missing} yet`)
}
