import type { Entry, GroupMember, GroupRequest } from './concurrency.ts'
import { evaluateDeep, type Scope } from './expressions.ts'
import type { JobEnding } from './job-steps.ts'
import { whenAborted } from './limit.ts'
import type { RunContext } from './run-context.ts'
import { isMapping, type Json, textOf } from './values.ts'

/** Reads and evaluates a `concurrency:`; undefined where there is none. */
export function readConcurrency(value: Json | undefined, scope: Scope): GroupRequest | undefined {
  if (value === undefined) return undefined
  const evaluated = evaluateDeep(value, scope)
  if (!isMapping(evaluated)) return { group: textOf(evaluated), cancelInProgress: false, queue: 'single' }
  const queue = evaluated['queue'] === 'max' ? 'max' : 'single'
  const cancelInProgress = evaluated['cancel-in-progress'] === true
  if (queue === 'max' && cancelInProgress)
    throw new Error('concurrency: queue: max cannot be combined with cancel-in-progress: true')
  return { group: textOf(evaluated['group']), cancelInProgress, queue }
}

/** Does the work once its concurrency group is free; a member that is replaced or stopped first is cancelled. */
export async function withinGroup(
  { groups, cancelled }: RunContext,
  request: GroupRequest | undefined,
  member: GroupMember,
  stopped: AbortSignal,
  work: () => Promise<JobEnding>,
): Promise<JobEnding> {
  if (request === undefined) return work()
  const entering = groups.enter(request, member)
  const entry = await Promise.race([
    entering,
    whenAborted(AbortSignal.any([cancelled, stopped])).then(() => 'stopped' as const),
  ])
  if (entry !== 'entered') {
    if (entry === 'stopped') void entering.then(() => groups.leave(request.group, member))
    return {
      conclusion: 'cancelled',
      annotations: [{ level: 'error', message: reasonOf(entry, request.group) }],
    }
  }
  try {
    return await work()
  } finally {
    groups.leave(request.group, member)
  }
}

function reasonOf(entry: Exclude<Entry, 'entered'> | 'stopped', group: string): string {
  if (entry === 'replaced') return `Canceling since a higher priority waiting request for '${group}' exists`
  if (entry === 'deadlock')
    return `Canceling since a deadlock for concurrency group '${group}' was detected between this and what it is part of`
  return 'The operation was canceled.'
}
