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
 * The forms in which a secret can show: as it is, each line of it (the runner masks line by line,
 * peers-reliability 4.13), base64, URL-encoded, as part of a JSON string, and as Markdown escapes it.
 */
export function secretForms(secret: string): string[] {
  const values = [secret, ...secret.split(/\r\n|\r|\n/)].map((value) => value.trim()).filter(isWorthMasking)
  const forms = values.flatMap((value) => [
    value,
    Buffer.from(value).toString('base64'),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    escapeMarkdown(value),
    inlineCode(value).replace(/^`+|`+$|^<code>|<\/code>$/g, ''),
  ])
  return [...new Set(forms)]
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
