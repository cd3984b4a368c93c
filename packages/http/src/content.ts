import type { HttpResponse } from './client.ts'

/** What a page begins with, behind what XML and comments may put before it. An XML document of another kind is none. */
const PAGE_START =
  /^(?:\s|<!--[\s\S]*?-->|<\?xml[\s\S]*?\?>)*<(?:!doctype\s+html|(?:html|head|body|title|meta|script|form)[\s/>])/i

/** Bytes of a body by which it is judged. */
const HEAD_BYTES = 1_024

/** Whether the body is a web page, by its type or, where a proxy mislabels it, by how it begins. */
export function isHtml({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): boolean {
  const type = mediaType(headers)
  if (type === 'text/html' || type === 'application/xhtml+xml') return true
  return PAGE_START.test(headOf(body))
}

/** Whether the first bytes of a body do not tell yet: more of them may make it a page. */
export function mayBeginPage(body: Buffer): boolean {
  return isBlank(body) || (body.length < HEAD_BYTES && /^\s*</.test(headOf(body)))
}

/** Whether there is nothing but white space, which any text may begin with. */
export function isBlank(body: Buffer): boolean {
  return body.toString('utf8').trim() === ''
}

function headOf(body: Buffer): string {
  return body
    .subarray(0, HEAD_BYTES)
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

/** The media type in lower case, without its parameters; empty where there is none. */
export function mediaType(headers: Readonly<Record<string, string>>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
