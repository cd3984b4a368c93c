import type { LookupFunction } from 'node:net'
import { Failure } from '@mlops-actions/diagnostics'
import { isSpecialAddress, isSpecialHost } from './address.ts'
import { Trouble } from './trouble.ts'

/** Which places the user configured, and so which URLs may be followed and which may see credentials. */
export interface Trust {
  /** The user's own host: any address is fine there. */
  isConfiguredHost(url: URL): boolean
  /** The user's own origin: the client's headers are sent there. */
  isConfiguredOrigin(url: URL): boolean
  /** Why this URL must not be requested, or undefined. */
  refusal(url: URL): string | undefined
}

/** @throws Failure `config` where an origin is no http(s) URL. */
export function createTrust(trustedOrigins: readonly string[]): Trust {
  const urls = trustedOrigins.map(parseOrigin)
  const origins = new Set(urls.map((url) => url.origin))
  const hosts = new Set(urls.map((url) => url.hostname))
  const plainHosts = new Set(urls.filter((url) => url.protocol === 'http:').map((url) => url.hostname))
  return {
    isConfiguredHost: (url) => hosts.has(url.hostname),
    isConfiguredOrigin: (url) => origins.has(url.origin),
    refusal(url) {
      if (url.protocol !== 'https:' && url.protocol !== 'http:')
        return `"${url.protocol}" is neither https nor http`
      if (url.protocol === 'http:' && !plainHosts.has(url.hostname)) {
        return `${url.host} was given by a server and is not reached by https`
      }
      if (!hosts.has(url.hostname) && isSpecialHost(url.hostname)) {
        return `${url.host} is an address of this machine or of a metadata service`
      }
      return undefined
    },
  }
}

/** A resolver that gives no special addresses, for hosts that were not configured: a name can point anywhere. */
export function guardLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, options, (error, address, family) => {
      const addresses =
        typeof address === 'string' ? [address] : (address ?? []).map((entry) => entry.address)
      if (error === null && addresses.some(isSpecialAddress)) {
        const refused = new Trouble('forbidden-address', {
          detail: `${hostname} resolves to an address of this machine, of its link or of a metadata service`,
        })
        callback(refused, address, family)
      } else callback(error, address, family)
    })
}

function parseOrigin(origin: string): URL {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')) return url
  throw new Failure({
    kind: 'config',
    code: 'HTTP_BAD_URL',
    what: 'Cannot use this server',
    on: 'its URL',
    seen: 'it is no http or https URL',
    next: 'Write it with its scheme, as in https://host.example.com',
  })
}
