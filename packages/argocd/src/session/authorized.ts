import { Failure, withDetails } from '@mlops-actions/diagnostics'
import type { HttpClient, HttpRequest, Validate } from '@mlops-actions/http'
import type { TokenSource } from './token-source.ts'

/** How the login travels. */
export type Carrier = (token: string) => Readonly<Record<string, string>>

export const bearer: Carrier = (token) => ({ authorization: `Bearer ${token}` })

/** As long as a cookie is for every browser (argo-cd util/http maxCookieLength), its name and the number of the part apart. */
const COOKIE_LENGTH = 4_093 - 'argocd.token'.length - 3

/**
 * For ways on which `Authorization` is somebody else's: Argo CD takes the cookie `argocd.token` where there is none. A
 * long token comes in parts, and the first one says how many (util/http splitCookie).
 */
export const cookie: Carrier = (token) => {
  const parts = token.match(new RegExp(`.{1,${COOKIE_LENGTH}}`, 'g')) ?? []
  const [first = '', ...others] = parts
  const head = others.length === 0 ? first : `${parts.length}:${first}`
  return {
    cookie: [
      `argocd.token=${head}`,
      ...others.map((part, index) => `argocd.token-${index + 1}=${part}`),
    ].join('; '),
  }
}

/**
 * The client with the login on every request. A token that is refused is renewed once and the request sent again: it did
 * nothing yet. What still fails is handed to `explain`.
 */
export function authorized(
  http: HttpClient,
  source: TokenSource,
  carrier: Carrier = bearer,
  explain: (failure: Failure) => Promise<Failure> = async (failure) => failure,
): HttpClient {
  const send = async <T>(request: HttpRequest, run: (request: HttpRequest) => Promise<T>): Promise<T> => {
    const withToken = (token: string) =>
      run({ ...request, headers: { ...request.headers, ...carrier(token) } })
    const token = await source.token()
    try {
      return await withToken(token).catch(async (thrown: unknown) => {
        if (!isRefusal(thrown, 401) || !(await source.renew(token))) throw thrown
        return withToken(await source.token())
      })
    } catch (thrown) {
      throw thrown instanceof Failure ? await explain(thrown) : thrown
    }
  }
  return {
    ...http,
    request: (request) => send(request, http.request),
    json: <T>(request: HttpRequest, validate: Validate<T>) =>
      send(request, (sent) => http.json(sent, validate)),
    stream: (request) => send(request, http.stream),
  }
}

export function isRefusal(thrown: unknown, status: number): thrown is Failure {
  return thrown instanceof Failure && thrown.code === `HTTP_${status}`
}

/** The failure, told with who asked: `<subject>` in its advice is the place for that. */
export function toldWith(subject: string, failure: Failure, place: string = IN_POLICY): Failure {
  const { seen, next } = failure.details
  const advice = next.includes('<subject>')
    ? next.replaceAll('<subject>', subject).concat(placeOf(subject, place))
    : next
  return withDetails(failure, { seen: `${seen}; asked as ${subject}`, next: advice })
}

const IN_POLICY = ' (in argocd-rbac-cm)'

/** The policies of a project's role stand in the project itself. */
function placeOf(subject: string, place: string): string {
  const [, project, role] = /^proj:([^:]+):(.+)$/.exec(subject) ?? []
  return project === undefined ? place : ` (in the policies of the role ${role} of the AppProject ${project})`
}
