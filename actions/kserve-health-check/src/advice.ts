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
  [/scaled to zero/, 'Set minReplicas of the predictor to 1 or more: nothing runs that could be checked'],
]

/** The failure with advice that fits the last reason, where it is a time-out. */
export function withAdvice(thrown: unknown, reason: string): unknown {
  const next = ADVICE.find(([pattern]) => pattern.test(reason))?.[1]
  const isTimeout = thrown instanceof Failure && thrown.kind === 'timeout'
  return isTimeout && next !== undefined ? withDetails(thrown, { next }) : thrown
}
