import { rareForms, secretForms } from '@mlops-actions/diagnostics'
import { marked } from 'marked'

/**
 * What of a secret can be read in a text, by people and by machines: as it stands, without what terminals do not
 * show and without line ends, as GitHub renders Markdown, with the escapes of URLs, JSON and HTML undone, and in
 * whatever is base64 or hex. Half a secret counts as well.
 */
export async function leaksOf(secret: string, text: string): Promise<readonly string[]> {
  const pieces = [...secretForms(secret), ...rareForms(secret), secret.slice(0, 14), secret.slice(-14)]
  const rendered = await marked.parse(text)
  const readings = [
    text,
    visible(text),
    visible(text).replace(/\s*[\r\n]\s*/g, ''),
    plain(rendered),
    plain(text),
    text.replaceAll('\\', ''),
    unescapeJson(text),
    unescapeUrl(text),
  ]
  const decoded = readings.flatMap((reading) => [...fromBase64(reading), ...fromHex(reading)])
  return [
    ...new Set([...readings, ...decoded].flatMap((reading) => pieces.filter((one) => reading.includes(one)))),
  ]
}

function visible(text: string): string {
  return text
    .replace(/\u001b\[[\d;]*[A-Za-z]|[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
}

function plain(html: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&([a-z#0-9]+);/g, (whole, name) => entities[name] ?? whole)
}

function unescapeUrl(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) =>
    Buffer.from(escaped.replaceAll('%', ''), 'hex').toString(),
  )
}

function unescapeJson(text: string): string {
  return text
    .replace(/\\u([\da-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('\\', '')
}

function fromHex(text: string): readonly string[] {
  return (text.match(/[\da-f]{24,}/gi) ?? []).flatMap((run) =>
    [0, 1].map((start) => Buffer.from(run.slice(start), 'hex').toString('latin1')),
  )
}

function fromBase64(text: string): readonly string[] {
  return (text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('latin1')),
  )
}
