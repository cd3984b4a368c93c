import { lookup as systemLookup } from 'node:dns'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { timerOf } from '@mlops-actions/diagnostics'
import type { Agents } from './agents.ts'
import type { Deadlines, Phase } from './deadlines.ts'
import { type Outgoing, planRedirect, type RedirectRules } from './redirects.ts'
import { createSendClock, sendBody, sendPieces } from './send-body.ts'
import { Trouble, toTrouble } from './trouble.ts'
import { guardLookup, type Trust } from './trust.ts'

/** What all attempts of one client share. */
export interface Wire {
  readonly agents: Agents
  readonly trust: Trust
  /** Sent to configured origins only. */
  readonly clientHeaders: Readonly<Record<string, string>>
  readonly lookup: LookupFunction | undefined
}

/** The response head; the body has not been read. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly message: IncomingMessage
  readonly url: URL
  readonly method: string
}

/**
 * Sends one request and follows its redirects, up to the head of the last answer.
 * @throws Trouble
 */
export async function openAnswer(
  outgoing: Outgoing,
  wire: Wire,
  deadlines: Deadlines,
  sameHostOnly: boolean,
): Promise<Answer> {
  let sent = outgoing
  for (let hops = 0; ; hops++) {
    const answer = await sendOnce(sent, wire, deadlines)
    const next = nextHop(sent, answer, hops, { trust: wire.trust, sameHostOnly })
    if (next === undefined) return answer
    answer.message.destroy()
    sent = next
  }
}

function nextHop(sent: Outgoing, answer: Answer, hops: number, rules: RedirectRules): Outgoing | undefined {
  try {
    return planRedirect(sent, { status: answer.status, location: answer.headers['location'] }, hops, rules)
  } catch (error) {
    answer.message.destroy()
    throw error
  }
}

function sendOnce(sent: Outgoing, wire: Wire, deadlines: Deadlines): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      try {
        reject(deadlines.reason() ?? toTrouble(error))
      } catch (defect) {
        reject(defect)
      }
    }
    try {
      const secure = sent.url.protocol === 'https:'
      const request = (secure ? httpsRequest : httpRequest)(requestOptions(sent, wire, deadlines))
      const ready = secure ? 'secureConnect' : 'connect'
      // A server may answer before it has read the request; from then on the clocks are the answer's.
      let isAnswered = false
      const enter = (phase: Phase): void => {
        if (!isAnswered) deadlines.enter(phase)
      }
      const clock = createSendClock(
        () => enter('send'),
        () => isAnswered || deadlines.leave(),
      )
      enter('connect')
      request.on('socket', (socket) => {
        if (request.reusedSocket) clock.connected()
        else socket.once(ready, clock.connected)
      })
      request.on('finish', () => enter('headers'))
      request.on('error', fail)
      request.on('response', (message) => {
        isAnswered = true
        // A server that refuses early need not take the rest, and no more of it is made.
        message.once('close', () => request.writableFinished || request.destroy())
        deadlines.attach(message)
        deadlines.leave()
        resolve(toAnswer(message, sent))
      })
      deadlines.attach({
        destroy(error) {
          request.destroy(error)
          // While a proxy makes the tunnel the request has no socket, and says nothing when it is destroyed.
          fail(error)
        },
      })
      const { body = Buffer.alloc(0) } = sent
      if (Buffer.isBuffer(body)) return sendBody(request, body, clock)
      const abandon = (reason: unknown): void => {
        // Where the step ended both ways, its reason is the one that counts.
        reject(deadlines.reason() ?? reason)
        request.destroy()
      }
      void sendPieces(request, body, { clock, isAnswered: () => isAnswered, abandon })
    } catch (error) {
      fail(error)
    }
  })
}

function requestOptions(
  sent: Outgoing,
  { agents, trust, clientHeaders, lookup }: Wire,
  { limits }: Deadlines,
): RequestOptions {
  const { url } = sent
  const kept = sent.idempotent ? agents : agents.fresh
  const resolve = lookup ?? systemLookup
  const headers = trust.isConfiguredOrigin(url) ? { ...clientHeaders, ...sent.headers } : sent.headers
  const length = sent.body === undefined ? {} : { 'content-length': String(sent.body.length) }
  return {
    method: sent.method,
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    agent: url.protocol === 'https:' ? kept.https : kept.http,
    headers: { ...headers, ...length },
    ...(url.username === '' && url.password === '' ? {} : { auth: userInfo(url) }),
    // Ends the wait for a proxy's tunnel; for everything else there are the deadlines.
    timeout: timerOf(limits.connect),
    // Not on the agent: there it would win over this one.
    lookup: trust.isConfiguredHost(url) ? resolve : guardLookup(resolve),
  }
}

function userInfo(url: URL): string {
  try {
    return `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  } catch (error) {
    throw new Trouble('bad-request', {
      detail: 'the user name or password in the URL is not percent-encoded',
      cause: error,
    })
  }
}

function toAnswer(message: IncomingMessage, sent: Outgoing): Answer {
  const url = new URL(sent.url)
  url.username = ''
  url.password = ''
  return { status: message.statusCode ?? 0, headers: joinHeaders(message), message, url, method: sent.method }
}

function joinHeaders(message: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    if (name !== '__proto__') joined[name] = (values ?? []).join(', ')
  }
  return joined
}
