import type { Application } from '@mlops-actions/argocd'
import { settledWithin } from '../look/settled-within.ts'
import { AT_ONCE, createLimit } from './limit.ts'
import type { Member } from './member.ts'

/** A refresh that comes back within this spares the plain look; a slower one does not hold it up. */
const REFRESH_PATIENCE_MS = 500

/** Hands a member its Application, to be looked into. */
export type Take = (member: Member, application: Application) => Promise<void>

/**
 * Refreshes those that are due, some at once; gives the members whose answer has come, and been looked into, while it was
 * waited for. Later ones are looked into all the same.
 */
export function createRefresher(take: Take): (members: readonly Member[]) => Promise<ReadonlySet<Member>> {
  const limit = createLimit(AT_ONCE)
  const queued = new Set<Member>()
  const refresh = async (member: Member): Promise<boolean> => {
    queued.delete(member)
    const application = await member.eyes.subject.observer.refresh()
    if (application !== undefined) await take(member, application)
    return application !== undefined
  }
  return async (members) => {
    const answered = new Set<Member>()
    const refused: unknown[] = []
    const due = members.filter((one) => !queued.has(one) && one.eyes.subject.observer.isRefreshDue())
    for (const member of due) queued.add(member)
    const refreshes = due.map(async (member) => {
      try {
        if (await limit(() => refresh(member))) answered.add(member)
      } catch (thrown) {
        refused.push(thrown)
      }
    })
    await settledWithin(REFRESH_PATIENCE_MS, refreshes)
    if (refused.length > 0) throw refused[0]
    return new Set(answered)
  }
}
