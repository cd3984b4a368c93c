import { escapeMarkdown, inlineCode } from './markdown.ts'

/** Shorter values are not masked: hiding every "a" makes a log unreadable and drops innocent outputs. */
export const SHORTEST_SECRET = 6

const COMMON_WORDS = new Set([
  'password',
  'secret',
  'token',
  'default',
  'admin',
  'changeme',
  'latest',
  'master',
])

export interface Redactor {
  /** Remembers a secret and returns every form of it that must be hidden, none when it is too short or a common word. */
  add(secret: string): string[]
  redact(text: string): string
}

/** Replaces known secrets, and the forms in which they travel, by `***`. */
export function createRedactor(): Redactor {
  const known = new Set<string>()
  let pattern: RegExp | undefined
  return {
    add(secret) {
      const forms = secretForms(secret).filter((form) => !known.has(form))
      for (const form of forms) known.add(form)
      pattern = undefined
      return forms
    },
    redact(text) {
      if (known.size === 0) return text
      pattern ??= anyOf(known)
      return text.replace(pattern, '***')
    },
  }
}

/**
 * The forms in which a secret can show: as it is, each line of it (the runner masks line by line, peers-reliability 4.13),
 * in base64 wherever in the encoded text it stands, URL-encoded, inside a JSON string, and each of these as Markdown
 * escapes it.
 */
export function secretForms(secret: string): string[] {
  const values = [secret, ...secret.split(/\r\n|\r|\n/)].map((value) => value.trim()).filter(isWorthMasking)
  const forms = values
    .flatMap((value) => [
      value,
      ...base64Forms(value),
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
    ])
    .flatMap((form) => [
      form,
      escapeMarkdown(form),
      inlineCode(form).replace(/^`+|`+$|^<code>|<\/code>$/g, ''),
    ])
  return [...new Set(forms)]
}

/**
 * Base64 of a text that contains the secret, as in `Basic base64(user:secret)`: what comes before it moves it by 0, 1 or
 * 2 bytes, and the characters that it shares with its neighbours are left out.
 */
function base64Forms(value: string): string[] {
  const length = Buffer.byteLength(value)
  const shifted = [0, 1, 2].map((shift) =>
    Buffer.from(`${'\0'.repeat(shift)}${value}`)
      .toString('base64')
      .slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + length)) / 6)),
  )
  return [Buffer.from(value).toString('base64'), ...shifted]
}

function isWorthMasking(value: string): boolean {
  return (
    value.length >= SHORTEST_SECRET &&
    !COMMON_WORDS.has(value.toLowerCase()) &&
    !/^-+(BEGIN|END)[ A-Z]+-+$/.test(value)
  )
}

function anyOf(values: Iterable<string>): RegExp {
  const longestFirst = [...values].sort((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
}
