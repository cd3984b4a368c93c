import { sanitizeLine } from '@mlops-actions/diagnostics'
import type { HttpResponse } from './client.ts'
import { isHtml } from './content.ts'
import { excerpt, formatSkew } from './words.ts'

/** Headers under which servers and proxies name a request in their logs, the most specific first. */
const REQUEST_ID_HEADERS = [
  'x-amzn-requestid',
  'x-amz-request-id',
  'x-github-request-id',
  'x-request-id',
  'x-correlation-id',
  'cf-ray',
]

const MESSAGE_KEYS = ['message', 'Message', 'error_description', 'error', 'detail']
const LARGEST_SKEW = 5 * 60_000

/** `request id 4f2…`, or nothing where the server gave none. */
export function requestIdOf({ headers }: Pick<HttpResponse, 'headers'>): string {
  for (const name of REQUEST_ID_HEADERS) {
    const id = headers[name]
    if (id !== undefined && id !== '') return `request id ${sanitizeLine(id, 128)}`
  }
  return ''
}

/** The server's own words, quoted: the message of a JSON error, the title of a page, else how the body begins. */
export function serverMessage(response: HttpResponse): string {
  const text = response.body.toString('utf8')
  if (text.trim() === '') return ''
  if (isHtml(response)) return htmlTitle(text)
  return excerpt(jsonMessage(text) ?? text)
}

/** Signatures and tokens of a machine whose clock is wrong are refused, and nothing in the refusal says so. */
export function skewRemark(
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  now: number,
): string {
  if (status !== 401 && status !== 403) return ''
  const serverNow = Date.parse(headers['date'] ?? '')
  if (Number.isNaN(serverNow) || Math.abs(now - serverNow) <= LARGEST_SKEW) return ''
  return `the clock of this machine is ${formatSkew(now - serverNow)} the server's`
}

function htmlTitle(html: string): string {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(html)?.[1]
  return title === undefined ? 'an HTML page' : `an HTML page with the title ${excerpt(title)}`
}

function jsonMessage(text: string): string | undefined {
  const value = parseLeniently(text)
  if (typeof value !== 'object' || value === null) return undefined
  for (const key of MESSAGE_KEYS) {
    const message: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
    if (typeof message === 'string' && message !== '') return message
  }
  return undefined
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
