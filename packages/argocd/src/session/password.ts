import type { HttpClient, HttpResponse } from '@mlops-actions/http'
import { messageIn } from '../api/explain.ts'
import { isSession } from './session.wire.ts'

export interface Account {
  readonly username: string
  readonly password: string
}

/** Logs a local account in; the token lives 24 hours unless `users.session.duration` says otherwise. */
export async function login(
  http: HttpClient,
  base: string,
  { username, password }: Account,
): Promise<string> {
  const { token } = await http.json(
    {
      method: 'POST',
      url: `${base}/api/v1/session`,
      body: { json: { username, password } },
      what: 'Cannot log in to Argo CD',
      // It changes nothing, so it may be asked again.
      idempotent: true,
      explain: explainLogin(username),
    },
    isSession,
  )
  return token
}

/** One sentence for a wrong password, a locked account and too many logins at once (argo-cd util/session). */
function explainLogin(username: string) {
  return (response: HttpResponse): { seen?: string; next?: string } | undefined => {
    if (response.status !== 401 && response.status !== 400) return undefined
    const seen = messageIn(response)
    const next = /is disabled|capability/.test(seen)
      ? `Switch the account ${username} on and give it the capability \`login\` (accounts.${username}: login in argocd-cm)`
      : `Check username and password of ${username}: an account of Argo CD itself, not of its SSO. After 5 wrong logins Argo CD says the same to the right password for 5 minutes; better is an API token, or \`auth: github-oidc\``
    return { seen, next }
  }
}
