/** A digest behind `@`, as in `name:tag@sha256:…`, is no host. */
const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-f]{32,}$/i

/**
 * Whether a URL, an image reference or an scp-like address brings a password: `https://user:password@host/…`,
 * `user:password@host/name`. Of http, any user: what stands there alone is a token. An http URL that cannot be read counts
 * as one that does, since where its password ends cannot be told.
 */
export function bringsPassword(place: string): boolean {
  if (/^https?:\/\//i.test(place)) return !URL.canParse(place) || hasUser(new URL(place))
  const [authority = ''] = place.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split(/[/?#]/)
  const at = authority.lastIndexOf('@')
  if (at === -1 || DIGEST.test(authority.slice(at + 1))) return false
  return authority.slice(0, at).includes(':')
}

function hasUser({ username, password }: URL): boolean {
  return username !== '' || password !== ''
}
