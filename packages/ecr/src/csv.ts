/**
 * The fields of one line as buildx reads `--output`, `--cache-to` and the like (encoding/csv of Go, RFC 4180): a field that
 * begins with a quote ends with one, and two of them inside stand for one. Undefined for a line that is none.
 */
export function csvFields(line: string): readonly string[] | undefined {
  const field = '"(?:[^"]|"")*"|[^",]*'
  if (!new RegExp(`^(?:${field})(?:,(?:${field}))*$`).test(line)) return undefined
  return [...line.matchAll(new RegExp(`(?:^|,)(${field})`, 'g'))].map(([, found = '']) =>
    found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found,
  )
}

/** A field as it stands in such a line. */
export function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field
}
