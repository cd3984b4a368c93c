/** An ETag without its quotes, and without the mark of a weak one (RFC 9110, 8.8.3). */
export function unquote(etag: string): string {
  return etag.replace(/^W\//, '').replace(/^"|"$/g, '')
}
