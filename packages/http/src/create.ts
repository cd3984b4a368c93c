import type { World } from '@mlops-actions/diagnostics'
import { createAgents } from './agents.ts'
import type { Wire } from './attempt.ts'
import type { HttpClient, HttpOptions, HttpRequest, HttpResponse } from './client.ts'
import { isHtml } from './content.ts'
import { exchange } from './exchange.ts'
import { explain } from './explain.ts'
import { createFetch } from './fetch.ts'
import { createJson } from './json.ts'
import { hostOf, isPlainElsewhere, lowerCaseNames, type Plan, type PlanRules, planRequest } from './plan.ts'
import { openStream } from './stream.ts'
import { Trouble } from './trouble.ts'
import { createTrust } from './trust.ts'

const ANYTHING: PlanRules = { accept: '*/*', compress: true }
const JSON_ONLY: PlanRules = { accept: 'application/json', compress: true }
const AS_IT_COMES: PlanRules = { accept: '*/*', compress: false }

/**
 * One transport for everything that an action says to a server: deadlines, retries, TLS, proxy, redirects
 * and the words for what goes wrong.
 * @throws Failure `config` for certificates, origins or proxy URLs that cannot be read
 */
export function createHttp(world: World, options: HttpOptions = {}): HttpClient {
  const agents = createAgents(world, options)
  const trust = createTrust(options.trustedOrigins ?? [])
  const wire: Wire = {
    agents,
    trust,
    clientHeaders: lowerCaseNames(options.headers ?? {}),
    lookup: options.lookup,
  }
  const warned = new Set<string>()
  const plan = (request: HttpRequest, rules: PlanRules): Plan => {
    try {
      const planned = planRequest(world, options, trust, request, rules)
      warnOnce(world, warned, planned.outgoing.url)
      return planned
    } catch (thrown) {
      if (!(thrown instanceof Trouble)) throw thrown
      throw explain(thrown, request, { host: hostOf(request.url), attempts: 1, now: world.now() })
    }
  }
  const request = (asked: HttpRequest): Promise<HttpResponse> => {
    const planned = plan(asked, ANYTHING)
    return exchange(world, wire, planned, {
      decode: (response) => refuseLoginPage(response, planned),
      sameHostOnly: false,
    })
  }
  return {
    request: async (asked) => request(asked),
    json: createJson(world, wire, (asked) => plan(asked, JSON_ONLY)),
    stream: async (asked) => openStream(world, wire, plan(asked, AS_IT_COMES)),
    fetch: createFetch((asked) =>
      exchange(world, wire, plan(asked, ANYTHING), {
        decode: asItIs,
        answerError: asItIs,
        sameHostOnly: false,
      }),
    ),
    agents: { http: agents.http, https: agents.https },
    direct: agents.direct,
    close: agents.close,
  }
}

function asItIs(response: HttpResponse): HttpResponse {
  return response
}

/** A page that answers a probe with 200 would make everything behind a login look healthy. */
function refuseLoginPage(response: HttpResponse, { outgoing, tolerate }: Plan): HttpResponse {
  const wanted = outgoing.headers['accept']?.includes('html') === true || tolerate.has(response.status)
  if (wanted || outgoing.method === 'HEAD' || !isHtml(response)) return response
  throw new Trouble('login-page', { detail: `HTTP ${response.status}` })
}

function warnOnce(world: World, warned: Set<string>, url: URL): void {
  if (!isPlainElsewhere(url) || warned.has(url.host)) return
  warned.add(url.host)
  world.log.warn(
    `${url.host} is reached by plain http: whatever is sent there, credentials included, can be read on the way`,
  )
}
