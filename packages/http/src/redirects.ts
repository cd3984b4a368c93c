import type { StreamedBody } from './client.ts'
import { Trouble } from './trouble.ts'
import type { Trust } from './trust.ts'

/** One request as it goes out: everything decided. */
export interface Outgoing {
  readonly method: string
  readonly url: URL
  /** Lower-case names; the client's own headers for configured origins are added when it is sent. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | StreamedBody | undefined
  readonly idempotent: boolean
}

export interface RedirectRules {
  readonly trust: Trust
  /** Where JSON is due, a redirect to another host is a login, and following it only hides that. */
  readonly sameHostOnly: boolean
}

export const MAX_REDIRECTS = 3

/** What may travel to another host. A list of what may not would miss the header that carries tomorrow's credential. */
const PORTABLE_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'if-none-match',
  'range',
  'user-agent',
])
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * The request that follows a redirect (RFC 9110, 15.4), or undefined where the answer is none.
 * @throws Trouble where following it would leak a credential or a body, or lead where nothing may lead.
 */
export function planRedirect(
  sent: Outgoing,
  answer: { readonly status: number; readonly location: string | undefined },
  hops: number,
  { trust, sameHostOnly }: RedirectRules,
): Outgoing | undefined {
  if (!REDIRECTS.has(answer.status)) return undefined
  if (answer.location === undefined)
    throw new Trouble('malformed', { detail: `HTTP ${answer.status} without a Location` })
  if (!URL.canParse(answer.location, sent.url.href)) {
    throw new Trouble('redirect-refused', { detail: 'its Location is no URL' })
  }
  const url = new URL(answer.location, sent.url)
  url.username = ''
  url.password = ''
  if (hops >= MAX_REDIRECTS) throw new Trouble('redirect-loop', { detail: `the last one to ${url.host}` })
  const sameHost = url.origin === sent.url.origin || isUpgrade(sent.url, url)
  if (sameHostOnly && !sameHost) throw new Trouble('redirect-elsewhere', { detail: url.host })
  refuseUnsafe(sent.url, url, trust)
  return sameHost ? followHere(sent, url, answer.status) : followElsewhere(sent, url)
}

function followHere(sent: Outgoing, url: URL, status: number): Outgoing {
  if (isReading(sent)) return { ...sent, url }
  if (status === 307 || status === 308) {
    if (sent.body === undefined || Buffer.isBuffer(sent.body)) return { ...sent, url }
    throw new Trouble('redirect-refused', { detail: `what was streamed cannot be sent again to ${url.host}` })
  }
  if (status === 303)
    return {
      ...sent,
      url,
      method: 'GET',
      headers: withoutBodyHeaders(sent.headers),
      body: undefined,
      idempotent: true,
    }
  throw new Trouble('redirect-refused', { detail: `a ${sent.method} may not become a GET of ${url.host}` })
}

function followElsewhere(sent: Outgoing, url: URL): Outgoing {
  if (!isReading(sent))
    throw new Trouble('redirect-refused', { detail: `a ${sent.method} may not go on to ${url.host}` })
  const headers = Object.fromEntries(
    Object.entries(sent.headers).filter(([name]) => PORTABLE_HEADERS.has(name)),
  )
  return { ...sent, url, headers }
}

function refuseUnsafe(from: URL, to: URL, trust: Trust): void {
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new Trouble('redirect-refused', { detail: `from https to http at ${to.host}` })
  }
  const refusal = trust.refusal(to)
  if (refusal !== undefined) throw new Trouble('redirect-refused', { detail: refusal })
}

/** http to https at the default ports of the same host is the same server asking for more safety. */
function isUpgrade(from: URL, to: URL): boolean {
  return (
    from.hostname === to.hostname &&
    from.protocol === 'http:' &&
    to.protocol === 'https:' &&
    from.port === '' &&
    to.port === ''
  )
}

function isReading({ method }: Outgoing): boolean {
  return method === 'GET' || method === 'HEAD'
}

function withoutBodyHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')))
}
