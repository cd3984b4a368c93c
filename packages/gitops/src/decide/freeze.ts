import { Failure } from '@mlops-actions/diagnostics'
import type { BranchState } from '../branch/branch.ts'

/** The file by which people stop deployments, and the time at which it is looked at. */
export interface FreezeRule {
  /** Path in the repository. */
  readonly file: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** With its zone: without one a time means another moment to every reader. */
const MOMENT = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/

/**
 * While the file is on the branch nothing is deployed; with a line `until: 2026-12-01T08:00Z` only to that moment, a date
 * alone being its first one (UTC). Everything else in it is the reason, for people. It is read from the very commit that
 * a change would be made on, so a freeze that comes first always counts.
 * @throws Failure GITOPS_FROZEN
 */
export function assertNotFrozen({ file, now }: FreezeRule, { files }: BranchState): void {
  const found = files.find(({ path }) => path === file)
  if (found === undefined) return
  const lines = found.bytes.toString('utf8').split(/\r\n|\r|\n/)
  const { until, end } = endOf(lines.flatMap((line) => /^\s*until\s*:(.*)$/i.exec(line)?.[1]?.trim() ?? []))
  if (end <= now) return
  const reason = lines
    .filter((line) => !/^\s*until\s*:/i.test(line))
    .join(' ')
    .trim()
  throw frozen(file, { reason, until, isMoment: !Number.isNaN(end) })
}

/** Of several moments the last one counts; where one is not to be read there is no end. */
function endOf(untils: readonly string[]): { readonly until: string | undefined; readonly end: number } {
  const moments = untils.map((until) => ({ until, end: MOMENT.test(until) ? Date.parse(until) : Number.NaN }))
  const unreadable = moments.find(({ end }) => Number.isNaN(end))
  const [last = { until: undefined, end: Number.NaN }] = moments.toSorted((one, other) => other.end - one.end)
  return unreadable ?? last
}

function frozen(
  file: string,
  { reason, until, isMoment }: { reason: string; until: string | undefined; isMoment: boolean },
): Failure {
  const end =
    until === undefined
      ? ''
      : isMoment
        ? ` until ${until}`
        : `, and its until "${until}" is no moment with a zone`
  return new Failure({
    kind: 'policy',
    code: 'GITOPS_FROZEN',
    what: 'Refusing to deploy in a freeze',
    on: file,
    seen: `deployments are stopped${end}${reason === '' ? '' : `: ${reason.slice(0, 500)}`}`,
    next: 'Run again when it is over, or take the file off the branch; a rollback goes through',
    retryable: isMoment,
  })
}
