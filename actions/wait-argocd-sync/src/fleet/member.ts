import type { Application, ApplicationName, Live, LiveState, SelectedSource } from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import type { Subject } from '../look/subject.ts'
import { APPEAR_WITHIN_MS } from './appear.ts'
import { idleSince, precedesSync, type SyncMemory } from './sync.ts'
import { extend, phaseOf, type Span } from './timeline.ts'

/** How the wait for one Application ended. */
export type Ending =
  | { readonly kind: 'live'; readonly live: Live; readonly waited: number }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly waited: number }

/** What it takes to look at an Application and to judge it; made anew when the Application is. */
export interface Eyes {
  /** Tells an Application from another one that got its name after it was deleted. */
  readonly uid: string
  readonly source: SelectedSource
  /** What it has to come to; undefined where any revision will do. */
  readonly revision: string | undefined
  readonly subject: Subject
  /** Takes the Application that is looked into next. */
  readonly saw: (application: Application) => void
}

/** One Application that is waited for. */
export interface Member {
  /** How it is asked for. */
  readonly name: ApplicationName
  readonly namespace: string
  readonly link: string
  /** Name of the Application that made it, where that was waited for, too. */
  readonly parent: string | undefined
  readonly makeEyes: (application: Application) => Eyes
  eyes: Eyes
  /** The newest look. */
  state: LiveState | undefined
  /** The look that was judged last. */
  judged: LiveState | undefined
  /** What it waits for, in words. */
  reason: string
  ending: Ending | undefined
  spans: readonly Span[]
  missingSince: number | undefined
  sync: SyncMemory
  /** Whether its children have joined, or it has none. */
  isExpanded: boolean
  /** What waits to be looked into, and the work on it. */
  next: Application | undefined
  work: Promise<void> | undefined
}

export function createMember(
  application: Application,
  options: Pick<Member, 'name' | 'link' | 'parent' | 'makeEyes'>,
): Member {
  return {
    ...options,
    namespace: application.metadata.namespace,
    eyes: options.makeEyes(application),
    state: undefined,
    judged: undefined,
    reason: 'nothing was seen yet',
    ending: undefined,
    spans: [],
    missingSince: undefined,
    sync: { idleSince: undefined, begunAt: undefined },
    isExpanded: false,
    next: undefined,
    work: undefined,
  }
}

/**
 * Hands a member its Application as it was seen, and resolves when that has been looked into. Of several that come
 * meanwhile only the newest is: Argo CD pushes every change of a status, and each look costs a tree.
 */
export function offer(member: Member, application: Application): Promise<void> {
  const { next } = member
  const isOld = next !== undefined && versionOf(next) > versionOf(application)
  if (!isOld) member.next = application
  member.work ??= lookInto(member).finally(() => {
    member.work = undefined
  })
  return member.work
}

async function lookInto(member: Member): Promise<void> {
  for (let application = member.next; application !== undefined; application = member.next) {
    member.next = undefined
    member.missingSince = undefined
    if (application.metadata.uid !== member.eyes.uid) member.eyes = member.makeEyes(application)
    const { eyes } = member
    eyes.saw(application)
    const state = await eyes.subject.observer.take(application)
    if (state !== undefined && eyes === member.eyes) member.state = state
  }
}

function versionOf({ metadata }: Application): number {
  return Number(metadata.resourceVersion) || 0
}

/** Judges the newest look, once. */
export function judge(member: Member, started: number, now: number): void {
  if (member.ending !== undefined) return
  const waited = now - started
  const { missingSince, state } = member
  if (missingSince !== undefined && now - missingSince >= APPEAR_WITHIN_MS) {
    member.ending = { kind: 'failed', failure: gone(member), waited }
    return
  }
  if (missingSince !== undefined) member.reason = 'it is gone, and may be made anew'
  if (state === undefined || state === member.judged || precedesSync(state, member.sync)) return
  member.judged = state
  const verdict = member.eyes.subject.judge.evaluate(state)
  const isGreen = isGood(member)
  member.spans = extend(member.spans, phaseOf(state, isGreen), state.now, started)
  member.sync = { ...member.sync, idleSince: idleSince(member.sync.idleSince, state) }
  if (verdict.status === 'pending') member.reason = verdict.reason
  if (verdict.status === 'done') member.ending = { kind: 'live', live: verdict.value, waited }
  if (verdict.status === 'failed') member.ending = { kind: 'failed', failure: verdict.failure, waited }
}

/** Whether everything was good at the last look: what is missing is a second one, and time. */
export function isGood({ eyes }: Pick<Member, 'eyes'>): boolean {
  const { verdict } = eyes.subject.judge
  if (verdict?.status !== 'pending') return verdict?.cause === 'live'
  return verdict.cause === 'confirming' || verdict.cause === 'settling'
}

/** What it failed with, as a list of one or none. */
export function failureOf({ ending }: Pick<Member, 'ending'>): readonly Failure[] {
  return ending?.kind === 'failed' ? [ending.failure] : []
}

function gone({ name }: Member): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ARGOCD_GONE',
    what: 'The Application is gone',
    on: `Application ${name.name}`,
    seen: `it was deleted during the wait, and did not come back within ${APPEAR_WITHIN_MS / 1_000} s`,
    next: 'Look at what deleted it: its ApplicationSet, the Application that made it, or somebody by hand',
  })
}
