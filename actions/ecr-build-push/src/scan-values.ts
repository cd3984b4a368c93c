import type { Ignored } from '@mlops-actions/ecr'
import { Expected, parseLines } from '@mlops-actions/text'
import { CONTROL } from './values.ts'

const DAY_MS = 86_400_000
/** Names of every source: CVE-2026-1234, GHSA-xxxx-xxxx-xxxx, ALAS2023-2026-001, RHSA-2026:1234, IN1-PYTHON-PYYAML-590151. */
const ID = /^[A-Za-z][A-Za-z0-9]*(?:[-_.:][A-Za-z0-9]+)+$/
const DATE = /\d{4}-\d{2}-\d{2}/
const WANT =
  'lines of an id, perhaps `until` and a date, perhaps a reason: CVE-2026-1234 until 2026-12-31 no fix yet'

/**
 * Vulnerabilities to live with, one on a line. A date that is not one, or that does not stand behind `until`, is
 * refused: it would be taken for a reason, and the entry would never end.
 */
export function parseIgnored(text: string): readonly Ignored[] {
  const entries = parseLines(text).map(parseEntry)
  const twice = entries.find(({ id }, at) => entries.findIndex((other) => isSame(other.id, id)) !== at)
  if (twice !== undefined) throw new Expected(`each id once (${twice.id} stands twice)`)
  return entries
}

function parseEntry(line: string): Ignored {
  const [, id = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? []
  if (!ID.test(id) || CONTROL.test(line)) throw new Expected(WANT)
  const [, until, reason = ''] = /^until\s+(\d{4}-\d{2}-\d{2})(?:\s+(.*))?$/.exec(rest) ?? []
  if (until !== undefined) return { id, until, expires: endOf(until), reason }
  if (/^until\b/i.test(rest) || DATE.test(rest)) throw new Expected(WANT)
  return { id, until: undefined, expires: undefined, reason: rest }
}

/** The day counts to its end, in UTC. */
function endOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`)
  // 30 February is read as 2 March.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, day.length) !== day)
    throw new Expected(`dates that exist (${day} does not)`)
  return start + DAY_MS
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
