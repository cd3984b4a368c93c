import type { HttpResponse } from './client.ts'

/** Whether the body is a web page, by its type or, where a proxy mislabels it, by how it begins. */
export function isHtml({ headers, body }: Pick<HttpResponse, 'headers' | 'body'>): boolean {
  const type = mediaType(headers)
  if (type === 'text/html' || type === 'application/xhtml+xml') return true
  return /^\s*<(?:!doctype\s+html|html[\s>]|head[\s>])/i.test(
    body
      .subarray(0, 256)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  )
}

/** The media type in lower case, without its parameters; empty where there is none. */
export function mediaType(headers: Readonly<Record<string, string>>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
