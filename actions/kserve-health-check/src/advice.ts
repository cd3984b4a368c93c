import { Failure, withDetails } from '@mlops-actions/diagnostics'

/** What a wait was in vain for decides what to look at; the loop itself cannot know. */
const ADVICE: readonly (readonly [reason: RegExp, next: string])[] = [
  [
    /^not synced yet/,
    'Check that what applies the manifest has done so: wait-argocd-sync before this step, with the commit of the bump',
  ],
  [
    /^the Deployment (still has|does not exist|has not been acted on)/,
    'Look at the log of the KServe controller (`kubectl logs -n kserve deploy/kserve-controller-manager`): it has not acted on the manifest',
  ],
  [
    /Unschedulable/,
    'Add nodes, or lower the requests or the affinity of the predictor: no node takes the new pod',
  ],
  [
    / is in its init container storage-initializer$/,
    'Raise timeout, or look at the log of the storage-initializer and at the way from the pod to the store: the model is still being fetched',
  ],
  [
    / waits: \w+$/,
    'Read the last warnings of the pod, here or with `kubectl describe pod`: a volume, a Secret or the network keeps its container from being made',
  ],
  [
    / runs, and is not ready$/,
    'Look at the readiness probe and at the log of the server: it has started, and does not say that it is ready',
  ],
  [/scaled to zero/, 'Set minReplicas of the predictor to 1 or more: nothing runs that could be checked'],
]

/** The failure with advice that fits the last reason, where it is a time-out. */
export function withAdvice(thrown: unknown, reason: string): unknown {
  const next = ADVICE.find(([pattern]) => pattern.test(reason))?.[1]
  const isTimeout = thrown instanceof Failure && thrown.kind === 'timeout'
  return isTimeout && next !== undefined ? withDetails(thrown, { next }) : thrown
}
