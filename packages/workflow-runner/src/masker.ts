export interface Masker {
  /** Hides this value and the forms in which it travels from now on; earlier lines stay as they are. */
  add(value: string): void
  mask(text: string): string
}

/**
 * Replaces secrets by `***`. Overlapping finds become one mask, and the encodings are the runner's
 * (actions/runner:src/Sdk/DTLogging/Logging/SecretMasker.cs and ValueEncoders.cs, without PowerShell's).
 */
export function createMasker(secrets: Iterable<string> = []): Masker {
  const values = new Set<string>()
  const masker: Masker = {
    add(value) {
      for (const form of formsOf(value)) values.add(form)
    },
    mask: (text) => replaceSpans(text, mergeSpans(findAll(text, values))),
  }
  for (const secret of secrets) addWithLines(masker, secret)
  return masker
}

/** Hides a value and each of its lines, as the `add-mask` command does. */
export function addWithLines(masker: Masker, value: string): void {
  masker.add(value)
  for (const line of value.split(/[\r\n]+/)) masker.add(line.trim())
}

function formsOf(value: string): string[] {
  if (value === '') return []
  const bytes = Buffer.from(value)
  const shifted = [0, 1, 2]
    .filter((shift) => shift < bytes.length)
    .map((shift) => bytes.subarray(shift).toString('base64'))
  const quoted = value.length > 8 && value.startsWith('"') && value.endsWith('"') ? [value.slice(1, -1)] : []
  return [
    value,
    ...shifted,
    ...quoted,
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value.toWellFormed()),
    xmlEscape(value),
  ].filter((form) => form !== '')
}

function xmlEscape(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}

type Span = readonly [start: number, end: number]

function findAll(text: string, values: Iterable<string>): Span[] {
  const spans: Span[] = []
  for (const value of values) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
      spans.push([at, at + value.length])
  }
  return spans.sort((a, b) => a[0] - b[0])
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last === undefined || span[0] > last[1]) merged.push(span)
    else merged[merged.length - 1] = [last[0], Math.max(last[1], span[1])]
  }
  return merged
}

function replaceSpans(text: string, spans: readonly Span[]): string {
  let result = ''
  let from = 0
  for (const [start, end] of spans) {
    result += `${text.slice(from, start)}***`
    from = end
  }
  return result + text.slice(from)
}
