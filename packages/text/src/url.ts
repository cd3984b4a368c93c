import { Expected } from './expected.ts'

/**
 * An absolute http or https URL without credentials, query or fragment; a trailing slash is dropped. What `URL` would
 * repair in silence (white space, backslashes, a missing `//`) is refused: it may have meant another host.
 */
export function parseHttpUrl(text: string): string {
  const [, authority] = /^https?:\/\/([^/\s\\\p{Cc}]+)[^\s\\\p{Cc}]*$/iu.exec(text) ?? []
  if (authority === undefined || !URL.canParse(text)) throw new Expected('a URL such as https://host.example')
  if (authority.includes('@')) throw new Expected('a URL without user and password: give a token instead')
  if (/[?#]/.test(text)) throw new Expected('a URL without query and fragment')
  return new URL(text).href.replace(/\/+$/, '')
}
