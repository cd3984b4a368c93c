import { sanitizeLine } from '@mlops-actions/diagnostics'

/** Binary units, one decimal: `16 MiB`, `1.5 KiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`
}

/** The beginning of a text from a server on one line, quoted, for a message. */
export function excerpt(text: string, length = 200): string {
  const line = sanitizeLine(
    text
      .slice(0, 4 * length)
      .replace(/\s+/g, ' ')
      .trim(),
    Number.POSITIVE_INFINITY,
  )
  return line.length > length ? `"${line.slice(0, length)}…"` : `"${line}"`
}

/** Seconds with one decimal, for waits: `1.2 s`. */
export function formatSeconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`
}

/** How far one clock is before or behind another: `63 min ahead of`. */
export function formatSkew(ms: number): string {
  return `${Math.round(Math.abs(ms) / 60_000)} min ${ms > 0 ? 'ahead of' : 'behind'}`
}
