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

/**
 * The forms in which a secret can show: as it is, each line of it (the runner masks line by line, peers-reliability 4.13),
 * in base64 wherever in the encoded text it stands, URL-encoded, inside a JSON string, and each of these as Markdown
 * escapes it. The runner derives more from each (actions/runner src/Sdk/DTLogging/Logging/ValueEncoders.cs).
 */
export function secretForms(secret: string): string[] {
  const forms = valuesOf(secret).flatMap((value) => [
    value,
    ...base64Forms(value),
    encodeURIComponent(value),
    inJson(value),
  ])
  return unique(
    forms.flatMap((form) => [
      form,
      escapeMarkdown(form),
      inlineCode(form)
        .replace(/^`+|`+$|^<code>|<\/code>$/g, '')
        .trim(),
    ]),
  )
}

/** Further forms in which programs of the field quote what they were told; for our own redaction. */
export function rareForms(secret: string): string[] {
  return unique(
    valuesOf(secret).flatMap((value) => [
      ...base64Forms(value).map((form) => form.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')),
      ...hexForms(value),
      ...urlForms(value),
      ...jsonForms(value),
      ...markupForms(value),
      value.replaceAll("'", "'\\''"),
      value.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
    ]),
  )
}

/** The value and each line of it, as far as they are worth hiding. */
function valuesOf(secret: string): string[] {
  return [secret, ...secret.split(/\r\n|\r|\n/)].map((value) => value.trim()).filter(isWorthMasking)
}

function isWorthMasking(value: string): boolean {
  return value.length >= SHORTEST_SECRET && !COMMON_WORDS.has(value.toLowerCase()) && !isFrame(value)
}

/** What stands before and behind every key, and so tells nothing of one. */
export function isFrame(text: string): boolean {
  return /^-+(BEGIN|END)[ A-Z]*-*$/.test(text)
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

function hexForms(value: string): string[] {
  const hex = Buffer.from(value).toString('hex')
  const escaped = hex.replace(/../g, '%$&')
  return [hex, hex.toUpperCase(), escaped, escaped.toUpperCase()]
}

/** encodeURIComponent leaves `!'()*` alone, which others do not (RFC 3986, 2.2), and a form has `+` for a blank. */
function urlForms(value: string): string[] {
  const percent = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`
  const strict = encodeURIComponent(value).replace(/[!'()*]/g, percent)
  const form = strict.replaceAll('~', '%7E').replaceAll('%20', '+')
  const small = (text: string): string => text.replace(/%../g, (code) => code.toLowerCase())
  const twice = encodeURIComponent(encodeURIComponent(value))
  return [
    strict,
    small(strict),
    strict.replaceAll('%20', '+'),
    form,
    small(form),
    small(encodeURIComponent(value)),
    twice,
  ]
}

/** Go escapes `<>&`, PHP `/`, Python what is not ASCII; and JSON is often quoted in JSON. */
function jsonForms(value: string): string[] {
  const json = inJson(value)
  const unit = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
  return [
    json,
    json.replace(/[<>&]/g, unit),
    json.replaceAll('/', '\\/'),
    json.replace(/[^\0-\x7f]/g, unit),
  ].flatMap((form) => [form, inJson(form)])
}

/** The quotes of HTML and XML have many names. */
function markupForms(value: string): string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [
    text,
    text.replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    text.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    text.replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
    text.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    text.replaceAll('"', '&quot;'),
  ]
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

function unique(forms: readonly string[]): string[] {
  return [...new Set(forms)]
}
