import { type HttpClient, optional, record, string } from '@mlops-actions/http'

/** What a registry has asked for, and by whom it is asked. */
export interface BearerRequest {
  /** The header `www-authenticate` of its 401. */
  readonly challenge: string
  /** Base64 of `user:password`; undefined asks for nobody. */
  readonly auth: string | undefined
  /** Default: what the challenge says. */
  readonly scope?: string
  /** First part of a failure. */
  readonly what: string
}

const tokenShape = record({ token: optional(string), access_token: optional(string) })

/**
 * distribution-spec's token authentication: the registry names who gives tokens, and the scope. Undefined where it has
 * asked for something else.
 * @throws Failure what the server of tokens refused
 */
export async function bearerToken(http: HttpClient, request: BearerRequest): Promise<string | undefined> {
  const { challenge, auth, what } = request
  const fields = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  const realm = fields.get('realm') ?? ''
  if (!/^bearer\b/i.test(challenge) || !URL.canParse(realm)) return undefined
  const url = new URL(realm)
  const scope = request.scope ?? fields.get('scope')
  if (scope !== undefined) url.searchParams.set('scope', scope)
  const service = fields.get('service')
  if (service !== undefined) url.searchParams.set('service', service)
  const headers = auth === undefined ? {} : { authorization: `Basic ${auth}` }
  const answer = await http.json({ url, headers, what }, tokenShape)
  return answer.token ?? answer.access_token
}
