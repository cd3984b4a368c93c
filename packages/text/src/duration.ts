import { Expected } from './expected.ts'

/** Milliseconds of each unit, in the order in which a duration names them. */
const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const
const DURATION = new RegExp(
  `^${Object.keys(UNITS)
    .map((unit) => String.raw`(?:(\d+(?:\.\d+)?)${unit})?`)
    .join('')}$`,
)
const WANT = 'a duration such as 90s, 10m or 1h30m'

/**
 * `90s`, `10m`, `1h30m`, `500ms`, `7d` -> milliseconds; each unit once, the longest first. A bare number is refused,
 * except `0`: its unit would be a guess.
 */
export function parseDuration(text: string): number {
  if (text === '0') return 0
  const amounts = DURATION.exec(text)?.slice(1)
  if (text === '' || amounts === undefined) throw new Expected(WANT)
  const total = Object.values(UNITS).reduce(
    (sum, factor, index) => sum + Number(amounts[index] ?? 0) * factor,
    0,
  )
  if (total > Number.MAX_SAFE_INTEGER) throw new Expected(WANT)
  return Math.round(total)
}

/** Milliseconds as a person says them: `0.4 s`, `12 s`, `6 min 12 s`, `2 h 5 min`. */
export function formatDuration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return joinUnits(`${minutes} min`, seconds % 60, 's')
  return joinUnits(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min')
}

function joinUnits(first: string, rest: number, unit: string): string {
  return rest === 0 ? first : `${first} ${rest} ${unit}`
}
