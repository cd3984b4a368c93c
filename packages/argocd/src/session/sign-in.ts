import { type Failure, type World, withDetails } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import type { Argocd } from '../api/argocd.ts'
import { createArgocd } from '../api/client.ts'
import { authorized, bearer, type Carrier, isRefusal, toldWith } from './authorized.ts'
import { readClaims } from './claims.wire.ts'
import { timeOf, warnOfExpiry } from './expiry.ts'
import { type ExchangeOptions, exchange } from './github-oidc.ts'
import { isManaged, MANAGED_PLACE, noSuchLogin } from './managed.ts'
import { type Account, login } from './password.ts'
import { isUserInfo } from './session.wire.ts'
import { fixedToken, renewedToken, type TokenSource } from './token-source.ts'

/** Who asks. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | ({ readonly kind: 'password' } & Account)
  /** GitHub's ID token, exchanged at Argo CD's Dex. */
  | ({ readonly kind: 'dex' } & ExchangeOptions)
  /** GitHub's ID token as it is, for an Argo CD whose `oidc.config` trusts GitHub. */
  | { readonly kind: 'id-token'; readonly idToken: () => Promise<string> }

export interface SignInOptions {
  /** Base URL; a root path (`https://host/argocd`) is kept. */
  readonly url: string
  readonly credentials: Credentials
  readonly carrier?: Carrier
  /** When the step has to be done, in milliseconds since the epoch. */
  readonly deadline: number
}

type Here = Pick<World, 'now' | 'mask' | 'log'>

/**
 * Argo CD's API with a login, which is made when it is first needed and renewed as long as that can be done. Its version
 * is asked without one: so a login page is told from Argo CD before a secret is sent.
 * @throws Failure `config` for a login that the managed Argo CD of EKS does not have
 */
export function signIn(
  world: Here,
  http: HttpClient,
  { url, credentials, carrier = bearer, deadline }: SignInOptions,
): Argocd {
  const base = url.replace(/\/+$/, '')
  if (isManaged(base) && credentials.kind !== 'token') throw noSuchLogin(base)
  const source = sourceOf(world, http, base, credentials)
  if (credentials.kind === 'token')
    warnOfExpiry(world, { token: credentials.token, what: 'The token of Argo CD', deadline, next: LONGER })
  const client = authorized(http, source, carrier, async (failure) => {
    if (isRefusal(failure, 401)) return toldOfEnd(world, failure, await source.token())
    if (!isRefusal(failure, 403)) return failure
    const subject = await subjectOf(http, base, source, carrier)
    return subject === undefined
      ? failure
      : toldWith(subject, failure, isManaged(base) ? MANAGED_PLACE : undefined)
  })
  return { ...createArgocd(client, { url: base }), version: createArgocd(http, { url: base }).version }
}

function sourceOf(world: Here, http: HttpClient, base: string, credentials: Credentials): TokenSource {
  switch (credentials.kind) {
    case 'token':
      return fixedToken(credentials.token)
    case 'password':
      return renewedToken(world, () => login(http, base, credentials))
    case 'dex':
      return renewedToken(world, () => exchange(http, base, credentials))
    case 'id-token':
      return renewedToken(world, credentials.idToken)
  }
}

/** Who we are for RBAC: what Argo CD says, else what the token does. */
async function subjectOf(
  http: HttpClient,
  base: string,
  source: TokenSource,
  carrier: Carrier,
): Promise<string | undefined> {
  const token = await source.token()
  const request = {
    url: `${base}/api/v1/session/userinfo`,
    headers: carrier(token),
    what: 'Cannot ask Argo CD who we are',
  }
  const info = await http.json(request, isUserInfo).catch(() => undefined)
  return info?.username || readClaims(token)?.subject || undefined
}

function toldOfEnd({ now }: Here, failure: Failure, token: string): Failure {
  const end = readClaims(token)?.expiresAt
  if (end === undefined || end > now()) return failure
  return withDetails(failure, {
    seen: `${failure.details.seen}; the token expired at ${timeOf(end)}`,
    next: LONGER,
  })
}

const LONGER =
  'Make one that lives longer (`argocd account generate-token --expires-in`, `argocd proj role create-token`), or use `auth: github-oidc`, which renews itself'
