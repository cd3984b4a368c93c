import type { Rollout } from './rollout.wire.ts'

/** How far a Rollout has come that is paused: `Rollout churn is paused with 10 % of the traffic on the new version`. Pure. */
export function describePaused({ metadata, spec, status }: Rollout): string | undefined {
  if (!spec.paused && status.pauseConditions.length === 0 && status.phase !== 'Paused') return undefined
  const on = `Rollout ${metadata.name} is paused`
  if (spec.strategy.canary === undefined)
    return spec.strategy.blueGreen === undefined ? on : `${on} before the new version gets traffic`
  const weight = status.canary?.weights?.canary?.weight ?? weightBefore(spec.strategy.canary, status)
  return weight === undefined ? on : `${on} with ${weight} % of the traffic on the new version`
}

/** The weight that the last step set; without a traffic router the status names none. */
function weightBefore(
  { steps }: { readonly steps: readonly { readonly setWeight?: number | undefined }[] },
  { currentStepIndex = 0 }: Rollout['status'],
): number | undefined {
  return steps.slice(0, currentStepIndex + 1).findLast(({ setWeight }) => setWeight !== undefined)?.setWeight
}
