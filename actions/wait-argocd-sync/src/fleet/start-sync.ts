import type { Argocd } from '@mlops-actions/argocd'
import { Failure, type World } from '@mlops-actions/diagnostics'
import type { Inputs } from '../inputs.ts'
import type { Member } from './member.ts'
import { planSync } from './sync.ts'

/**
 * Starts the sync that is planned, if any. One that somebody else has begun meanwhile will do; a refusal is returned, for it
 * is that of this Application alone. @throws Failure that may pass
 */
export async function startSync(
  argocd: Pick<Argocd, 'sync'>,
  world: World,
  policy: Inputs['sync'],
  member: Member,
): Promise<Failure | undefined> {
  if (member.state === undefined) return undefined
  const plan = planSync(member.state, policy, member.sync)
  if (plan.kind === 'none') return undefined
  try {
    await argocd.sync(member.name, { prune: plan.prune })
    member.sync = { ...member.sync, begunAt: world.now() }
    world.log.info(`Started a sync of ${member.name.name}: ${plan.why}.`)
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind === 'cancelled') throw thrown
    if (thrown.kind !== 'conflict') {
      // A closed window opens one day, and not for this step.
      if (thrown.retryable && thrown.kind !== 'policy') throw thrown
      return thrown
    }
    world.log.info(`Another operation of ${member.name.name} is under way; waiting for that one.`)
  }
  return undefined
}
