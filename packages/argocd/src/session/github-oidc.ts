import { Failure, withDetails } from '@mlops-actions/diagnostics'
import type { HttpClient, HttpResponse } from '@mlops-actions/http'
import { isExchanged, isOAuthError } from './session.wire.ts'

export interface ExchangeOptions {
  /** `id` of Dex's connector for GitHub's tokens. */
  readonly connector: string
  /** A token of GitHub's OIDC provider. */
  readonly idToken: () => Promise<string>
}

/** The client that Argo CD makes for its own CLI: public, so its secret is empty (argo-cd util/dex/config.go). */
const CLIENT = 'argo-cd-cli'
const BASIC = `Basic ${Buffer.from(`${CLIENT}:`).toString('base64')}`

/**
 * Has Argo CD's Dex exchange a job's ID token for one of its own (RFC 8693; argo-cd
 * docs/operator-manual/user-management/github-actions.md). Without the scope `federated:id` RBAC would not know the
 * repository.
 */
export async function exchange(http: HttpClient, base: string, options: ExchangeOptions): Promise<string> {
  const { connector, idToken } = options
  const form = new URLSearchParams({
    // For ways on which Authorization is somebody else's.
    client_id: CLIENT,
    connector_id: connector,
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    scope: 'openid email profile federated:id',
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    subject_token: await idToken(),
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
  })
  const request = {
    method: 'POST',
    url: `${base}/api/dex/token`,
    headers: { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    what: "Cannot exchange GitHub's token at Dex",
    idempotent: true,
    explain: explainExchange(connector),
  } as const
  try {
    const { access_token: token } = await http.json(request, isExchanged)
    return token
  } catch (thrown) {
    const isPage = thrown instanceof Failure && /^HTTP_LOGIN/.test(thrown.code)
    throw isPage ? withDetails(thrown, { next: NO_DEX }) : thrown
  }
}

const NO_DEX =
  'Check that this Argo CD has a Dex (dex.config in argocd-cm); one with an external provider (oidc.config) takes the token of GitHub itself where it trusts it: `oidc-exchange: none`'

function explainExchange(connector: string) {
  return (response: HttpResponse): { seen?: string; next?: string; kind?: 'auth' | 'config' } | undefined => {
    const { status } = response
    const { error, error_description: description } = oauthErrorIn(response)
    const seen = [error, description].filter((part) => part !== '').join(': ') || `HTTP ${status}`
    if (status === 404 || status === 405) return { seen, kind: 'config', next: NO_DEX }
    if (error === 'unsupported_grant_type')
      return {
        seen,
        kind: 'config',
        next: 'Allow the exchange: add urn:ietf:params:oauth:grant-type:token-exchange to oauth2.grantTypes of dex.config in argocd-cm',
      }
    if (/connector does not exist/i.test(description))
      return {
        seen,
        kind: 'config',
        next: `Check \`dex-connector-id\` (${connector}) against the ids in dex.config; Dex also says so of a connector that it cannot open: its issuer has to be written as GitHub does, https://token.actions.githubusercontent.com without a slash at the end`,
      }
    if (error === 'access_denied')
      return {
        seen,
        kind: 'auth',
        next: `Look at the log of argocd-dex-server ("failed to verify subject token"): the connector ${connector} has to be of type oidc with the issuer https://token.actions.githubusercontent.com`,
      }
    if (error === 'invalid_client')
      return {
        seen,
        kind: 'config',
        next: 'Check that nothing in dex.config replaces the static client argo-cd-cli',
      }
    return undefined
  }
}

function oauthErrorIn({ body }: HttpResponse): { error: string; error_description: string } {
  try {
    return isOAuthError(JSON.parse(body.toString('utf8')))
  } catch {
    return { error: '', error_description: '' }
  }
}
