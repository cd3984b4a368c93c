import { boolean, record, string, withDefault } from '@mlops-actions/http'

/** `POST /api/v1/session` (argo-cd server/session/session.proto). */
export const isSession = record({ token: string })

/** `GET /api/v1/session/userinfo`. */
export const isUserInfo = record({
  loggedIn: withDefault(boolean, false),
  username: withDefault(string, ''),
})

/** Dex's token endpoint (dexidp/dex server, RFC 8693). */
export const isExchanged = record({ access_token: string })

/** RFC 6749, 5.2. */
export const isOAuthError = record({
  error: withDefault(string, ''),
  error_description: withDefault(string, ''),
})
