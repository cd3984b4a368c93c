import { Expected } from './expected.ts'

/** An absolute http or https URL without credentials, query or fragment; a trailing slash is dropped. */
export function parseHttpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new Expected('a URL such as https://host.example')
  if (url.username !== '' || url.password !== '')
    throw new Expected('a URL without user and password: give a token instead')
  if (url.search !== '' || url.hash !== '') throw new Expected('a URL without query and fragment')
  return url.href.replace(/\/+$/, '')
}
