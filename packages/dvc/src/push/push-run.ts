import { type Failure, toFailure } from '@mlops-actions/diagnostics'
import type { HashPool } from '../objects/hash-pool.ts'
import type { TrackedObject } from '../objects/object.ts'
import type { UploadTools } from '../store/send-parts.ts'
import type { Store } from '../store/store.ts'
import type { PushPlan } from './plan.ts'
import type { Stores } from './prepare.ts'

/** A push under way. */
export interface PushRun {
  readonly plan: PushPlan
  readonly stores: Stores
  readonly pool: HashPool
  /** By name of the remote. */
  readonly tools: ReadonlyMap<string, UploadTools>
  readonly onSent: ((object: TrackedObject, bytes: number) => void) | undefined
  /** Ids of the objects that were sent, with the bytes of theirs that went over the line. */
  readonly sent: Map<string, number>
  /** By object id: why it was not. */
  readonly failed: Map<string, Failure>
}

/** Large files that are read at the same moment: as many as are hashed side by side. */
export const LARGE_AT_ONCE = 8
/** After so many failed objects the rest would fail as well, only slower. */
const ENOUGH_FAILURES = 10

/** Does something for one object; what goes wrong is noted, and only a cancelled step throws. */
export async function attempt(
  run: PushRun,
  object: TrackedObject,
  work: (store: Store, tools: UploadTools) => Promise<void>,
): Promise<void> {
  const [store, tools] = [run.stores.get(object.remote), run.tools.get(object.remote)]
  if (store === undefined || tools === undefined || isHopeless(run)) return
  try {
    await work(store, tools)
  } catch (thrown) {
    store.signal.throwIfAborted()
    run.failed.set(object.id, toFailure(thrown))
  }
}

export function noteSent({ sent, onSent }: PushRun, object: TrackedObject, bytes: number): void {
  sent.set(object.id, bytes)
  onSent?.(object, bytes)
}

/** Credentials, names and policies do not change from one object to the next. */
export function isHopeless({ failed }: Pick<PushRun, 'failed'>): boolean {
  if (failed.size >= ENOUGH_FAILURES) return true
  return [...failed.values()].some(({ kind }) => ['auth', 'config', 'not-found', 'quota'].includes(kind))
}
