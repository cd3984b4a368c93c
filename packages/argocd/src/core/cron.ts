/** When a schedule begins, in fields of one time; a day counts by both its fields, or by either where both are given. */
export interface Schedule {
  /** The last beginning strictly after one moment and strictly before another, in milliseconds; undefined where there is none. */
  beginsBetween(after: number, before: number): boolean
}

interface Field {
  readonly values: ReadonlySet<number>
  /** `*` or `?`, without a step: it says nothing about the day. */
  readonly isAny: boolean
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/**
 * A cron schedule of five fields, as the parser that Argo CD uses reads it (robfig/cron v3: names of months and days,
 * lists, ranges, steps, Sunday is 0 and not 7, no `@daily`); undefined for any other text.
 */
export function parseSchedule(text: string): Schedule | undefined {
  const parts = text.trim().split(/\s+/)
  if (parts.length !== 5) return undefined
  const [minute, hour, day, month, weekday] = [
    parseField(parts[0], 0, 59),
    parseField(parts[1], 0, 23),
    parseField(parts[2], 1, 31),
    parseField(parts[3], 1, 12, MONTHS, 1),
    parseField(parts[4], 0, 6, DAYS, 0),
  ]
  if (!minute || !hour || !day || !month || !weekday) return undefined
  const isDay = (at: Date): boolean => {
    if (!month.values.has(at.getUTCMonth() + 1)) return false
    const fits = [day.values.has(at.getUTCDate()), weekday.values.has(at.getUTCDay())]
    return day.isAny || weekday.isAny ? fits.every((is) => is) : fits.some((is) => is)
  }
  const isMinute = (at: Date) => hour.values.has(at.getUTCHours()) && minute.values.has(at.getUTCMinutes())
  return {
    beginsBetween(after, before) {
      for (let at = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS; at < before; ) {
        const moment = new Date(at)
        if (!isDay(moment)) at = (Math.floor(at / DAY_MS) + 1) * DAY_MS
        else if (isMinute(moment)) return true
        else at += MINUTE_MS
      }
      return false
    },
  }
}

function parseField(
  text: string | undefined,
  least: number,
  most: number,
  names: readonly string[] = [],
  first = 0,
): Field | undefined {
  const values = new Set<number>()
  let isAny = false
  for (const term of (text ?? '').split(',')) {
    const range = parseTerm(term, least, most, (word) => {
      const index = names.indexOf(word.toLowerCase())
      return index === -1 ? (/^\d+$/.test(word) ? Number(word) : undefined) : index + first
    })
    if (range === undefined) return undefined
    isAny ||= range.isAny
    for (let value = range.from; value <= range.to; value += range.step) values.add(value)
  }
  return { values, isAny }
}

/** `*`, `5`, `1-5`, each with a step; `5/10` goes on to the end. */
function parseTerm(term: string, least: number, most: number, read: (word: string) => number | undefined) {
  const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(term) ?? []
  if (range === '' || step === '0') return undefined
  const size = step === undefined ? 1 : Number(step)
  if (range === '*' || range === '?') return { from: least, to: most, step: size, isAny: size === 1 }
  const [start = '', end, ...others] = range.split('-')
  const from = read(start)
  const to = end === undefined ? (step === undefined ? from : most) : read(end)
  if (from === undefined || to === undefined || others.length > 0) return undefined
  if (from < least || to > most || from > to) return undefined
  return { from, to, step: size, isAny: false }
}
