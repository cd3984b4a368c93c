import { failed, pending, type Verdict } from '@mlops-actions/wait'
import { degradedText, liveFailure, podFailure } from './live-failure.ts'
import { type Live, type LiveState, type LiveWant, lasting, type Memory } from './live-state.ts'
import { troubledPods, unfinishedNodes } from './pods.ts'

export function judgeHealth(
  { application, now }: LiveState,
  want: LiveWant,
  memory: Memory,
): Verdict<Live> | undefined {
  const { status, message } = application.status.health
  const degraded = lasting(memory, 'degraded', status === 'Degraded', now, want.degradedGrace)
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

export function judgePods({ application, tree }: LiveState, memory: Memory): Verdict<Live> | undefined {
  if (tree === undefined) return undefined
  const troubles = troubledPods(tree)
  for (const pod of [...memory.podLooks.keys()])
    if (!troubles.some((trouble) => trouble.pod === pod)) memory.podLooks.delete(pod)
  for (const { pod } of troubles) memory.podLooks.set(pod, (memory.podLooks.get(pod) ?? 0) + 1)
  const sure = troubles.find(
    (trouble) => trouble.sure || (memory.podLooks.get(trouble.pod) ?? 0) >= LOOKS_UNTIL_SURE,
  )
  if (sure !== undefined) return failed(podFailure(application, sure))
  const [node] = unfinishedNodes(tree)
  return node === undefined
    ? undefined
    : pending(`synced; ${node.kind} ${node.name} is ${node.health?.status ?? ''}`)
}

const LOOKS_UNTIL_SURE = 3

export function judgeImages({ application }: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const seen = application.status.summary.images
  const missing = want.images.find((image) => !seen.includes(image))
  return missing === undefined ? undefined : pending(`no pod has the image ${missing} yet`)
}
