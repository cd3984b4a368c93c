import type { Argocd } from '@mlops-actions/argocd'
import { Failure, type World } from '@mlops-actions/diagnostics'
import type { Inputs } from './inputs.ts'
import type { Member } from './member.ts'
import { planSync } from './sync.ts'

/** Starts the sync that is planned, if any. One that somebody else has begun meanwhile will do. */
export async function startSync(
  argocd: Pick<Argocd, 'sync'>,
  world: World,
  policy: Inputs['sync'],
  member: Member,
): Promise<void> {
  if (member.state === undefined) return
  const plan = planSync(member.state, policy, member.sync)
  if (plan.kind === 'none') return
  try {
    await argocd.sync(member.name, { prune: plan.prune })
    member.sync = { ...member.sync, hasBegun: true }
    world.log.info(`Started a sync of ${member.name.name}: ${plan.why}.`)
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.kind !== 'conflict') throw thrown
    world.log.info(`Another operation of ${member.name.name} is under way; waiting for that one.`)
  }
}
