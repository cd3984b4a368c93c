import type { BranchState } from '../branch/branch.ts'
import type { Decision } from '../branch/land.ts'
import type { Ancestry } from './ancestry.ts'
import type { BumpOrder } from './bump-message.ts'
import {
  assertNoConflict,
  assertSameRepositories,
  findNewer,
  type OnConflict,
  uncompared,
} from './bump-rules.ts'
import {
  type BumpedValue,
  type ChangeSet,
  changesAnything,
  draftOf,
  planChangeSet,
  type WantedChange,
  withBefore,
} from './change-set.ts'
import {
  type Deployment,
  deploymentsIn,
  isWrittenBy,
  lastWriter,
  ofTarget,
  valueBefore,
} from './deployment-log.ts'
import { assertNotFrozen, type FreezeRule } from './freeze.ts'
import { type AllowedRegistry, assertAllowedRegistries } from './registries.ts'

export interface BumpRequest {
  readonly changes: readonly WantedChange[]
  readonly onConflict: OnConflict
  readonly allowRepositoryChange: boolean
  readonly allowDowngrade: boolean
  /** Empty where images may come from anywhere. */
  readonly allowedRegistries: readonly AllowedRegistry[]
  /** Without it run ids alone tell what is newer. */
  readonly ancestry?: Ancestry | undefined
  readonly freeze?: FreezeRule | undefined
  readonly order: BumpOrder
}

export interface BumpResult {
  readonly outcome: 'changed' | 'already-there' | 'superseded'
  readonly values: readonly BumpedValue[]
  /** Whether the values that stand there now were written by this workflow run, be it by an earlier attempt. */
  readonly fromThisRun: boolean
  /** Those that are to be written. */
  readonly files: readonly string[]
  /** As `diff -u` writes it. */
  readonly diff: string
}

/**
 * Sets the wished values at the head of the branch, or finds them there. Pure, and made anew for every head: what has to be
 * known from elsewhere is asked for.
 * @throws Failure of `manifest`, and of the rules in bump-rules.ts
 */
export function decideBump(
  request: BumpRequest,
  state: BranchState,
  first: BumpResult | undefined,
): Decision<BumpResult> {
  const { changes, order } = request
  const set = planChangeSet(state, changes)
  const deployments = deploymentsIn(state.history)
  const isUnknown = state.hasOlder === true && !areKnown(set, deployments)
  if (!changesAnything(set))
    return isUnknown ? 'look-further-back' : { result: alreadyThere(set, deployments, order) }
  // First of the rules: who proposes by an older run has to learn that, whatever else stands against it.
  const age = request.allowDowngrade ? 'not-newer' : judgeAge(request, set, deployments, isUnknown)
  if (age !== 'not-newer') return age
  if (request.freeze !== undefined) assertNotFrozen(request.freeze, state)
  assertAllowedRegistries(set.values, request.allowedRegistries)
  if (!request.allowRepositoryChange) assertSameRepositories(set.values)
  if (first !== undefined && request.onConflict !== 'overwrite') assertNoConflict(set.values, first.values)
  return commitSet(set, order, state)
}

/** Whether what stands is older than what is wished; or what it takes to know, or becomes of it. */
function judgeAge(
  { order: { run }, ancestry, onConflict }: BumpRequest,
  set: ChangeSet,
  deployments: readonly Deployment[],
  isUnknown: boolean,
): Decision<BumpResult> | 'not-newer' {
  if (isUnknown) return 'look-further-back'
  const newer = findNewer(set.values, deployments, run, ancestry)
  if (newer !== undefined && onConflict === 'skip-if-newer') return { result: superseded(set) }
  if (newer !== undefined) throw newer
  const lessons = ancestry === undefined ? [] : uncompared(set.values, deployments, run, ancestry)
  return lessons.length === 0 ? 'not-newer' : { learn: async () => ancestry?.learn(lessons) }
}

/** Whether the history tells who set each value last, or at least one like it. */
export function areKnown({ values }: ChangeSet, deployments: readonly Deployment[]): boolean {
  return values.every((value) => ofTarget(deployments, value).length > 0)
}

function alreadyThere(
  { values }: ChangeSet,
  deployments: readonly Deployment[],
  { run }: BumpOrder,
): BumpResult {
  const found = values.map((value) => ({ value, log: ofTarget(deployments, value) }))
  return {
    outcome: 'already-there',
    values: found.map(({ value, log }) => withBefore(value, valueBefore(log, value))),
    fromThisRun: found.every(({ value, log }) => isWrittenBy(lastWriter(log, value), run)),
    files: [],
    diff: '',
  }
}

/** Somebody else's values stand, and stay. */
export function superseded({ values }: ChangeSet): BumpResult {
  const standing = values.map((value) => withBefore(value, value.before))
  return { outcome: 'superseded', values: standing, fromThisRun: false, files: [], diff: '' }
}

/** The set as a commit to be, of this run. */
export function commitSet(set: ChangeSet, order: BumpOrder, state: BranchState): Decision<BumpResult> {
  const { draft, diff } = draftOf(set, order, state)
  const values = set.values.map((value) => withBefore(value, value.before))
  const files = draft.files.map(({ path }) => path)
  return { draft, result: { outcome: 'changed', values, fromThisRun: true, files, diff } }
}
