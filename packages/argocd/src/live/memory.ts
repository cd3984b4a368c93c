import type { Application } from '../model/application.wire.ts'
import { comparedAtOf } from './state.ts'

/** Since when something has been so at every look, and how often Argo CD has compared meanwhile. */
export interface Mark {
  readonly looks: number
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly comparedAt: number
  readonly comparisons: number
}

/** Something that is so at this look, and what it takes until it counts. */
export interface Noted {
  /** The same thing has the same key at every look. */
  readonly key: string
  /** Milliseconds; undefined where it never counts by itself. */
  readonly lasting: number | undefined
  /** How often Argo CD has to have compared meanwhile: what it said before the wait may be old. */
  readonly comparisons?: number
}

/** When everything was good at last without a break, and whether that was confirmed by a later comparison. */
export interface Green {
  readonly since: number
  readonly comparedAt: number
  readonly isConfirmed: boolean
}

/** What is remembered from look to look. */
export interface Memory {
  readonly marks: ReadonlyMap<string, Mark>
  readonly green: Green | undefined
}

export const NOTHING_SEEN: Memory = { marks: new Map(), green: undefined }

/** The memory after one more look: what is not so this time is forgotten. */
export function note(
  { marks, green }: Memory,
  noted: readonly Noted[],
  application: Application,
  now: number,
): Memory {
  const comparedAt = comparedAtOf(application)
  const next = new Map<string, Mark>()
  for (const { key } of noted) {
    const { looks, since, ...before } = marks.get(key) ?? { looks: 0, since: now, comparedAt, comparisons: 0 }
    const comparisons = before.comparisons + (comparedAt > before.comparedAt ? 1 : 0)
    next.set(key, { looks: looks + 1, since, comparedAt, comparisons })
  }
  return { marks: next, green }
}

/** Whether it has been so for long enough. */
export function hasRipened(
  { marks }: Memory,
  { key, lasting, comparisons = 0 }: Noted,
  now: number,
): boolean {
  const mark = marks.get(key)
  if (mark === undefined || lasting === undefined) return false
  return now - mark.since >= lasting && mark.comparisons >= comparisons
}

/** When the first of them has lasted for long enough, after now; undefined where time alone ripens none. */
export function nextRipe({ marks }: Memory, noted: readonly Noted[], now: number): number | undefined {
  const times = noted.flatMap(({ key, lasting }) => {
    const mark = marks.get(key)
    return mark === undefined || lasting === undefined ? [] : [mark.since + lasting]
  })
  const ahead = times.filter((at) => at > now)
  return ahead.length === 0 ? undefined : Math.min(...ahead)
}

/** Whether one of them still waits for Argo CD to compare. */
export function lacksComparison({ marks }: Memory, noted: readonly Noted[]): boolean {
  return noted.some(({ key, comparisons = 0 }) => (marks.get(key)?.comparisons ?? 0) < comparisons)
}
