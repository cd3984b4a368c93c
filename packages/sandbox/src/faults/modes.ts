/** An answer written out in full; `content-length` is added unless given. */
export interface FaultAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/**
 * How one request is treated.
 * - `ok`: the configured answer, or whatever the upstream server says
 * - `rst`, `fin`: the connection is reset, or closed, before any answer
 * - `trunc`: Content-Length promises more than comes; `truncchunk`: chunked, and no last chunk; both end by FIN
 * - `rstbody`: headers and a piece of the body, then reset
 * - `hang`: accepted, then silence; `hangbody`: headers and a piece of the body, then silence
 * - `drip`: one byte after the other, for ever, so that no idle deadline ever passes
 * - `html`: a login page with status 200; `htmljson`: the same, labelled as JSON
 * - `empty`: status 200 with no body; `nocontent`: status 204
 * - `truncjson`: a complete HTTP answer with half a JSON text; `badutf8`: JSON that is not UTF-8
 * - `wrongjson`: valid JSON of another server; `xml`: valid XML
 * - `huge`: an endless chunked body; `hugelength`: a Content-Length of a terabyte; `gzipbomb`: 64 MiB in 64 KiB
 * - `nothttp`: the greeting of another protocol
 * - `redirect:URL`: status 302 to there; `login`: 302 to the login of another host
 * - `status:N`: that status with a JSON message and a request id
 * - `retry-after:S`: 429 with seconds; `retry-date:S`: 429 with the HTTP date in S seconds and a Date of now
 */
export type FaultMode =
  | 'ok'
  | 'rst'
  | 'fin'
  | 'trunc'
  | 'truncchunk'
  | 'rstbody'
  | 'hang'
  | 'hangbody'
  | 'drip'
  | 'html'
  | 'htmljson'
  | 'empty'
  | 'nocontent'
  | 'truncjson'
  | 'badutf8'
  | 'wrongjson'
  | 'xml'
  | 'huge'
  | 'hugelength'
  | 'gzipbomb'
  | 'nothttp'
  | 'login'
  | `redirect:${string}`
  | `status:${number}`
  | `retry-after:${number}`
  | `retry-date:${number}`
  | FaultAnswer

/** The request id that every answer of the fault server carries. */
export const FAULT_REQUEST_ID = 'fault-0001'

const LOGIN_URL = 'https://sso.fault.invalid/oauth2/authorize?client_id=proxy'

const LOGIN_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form action="/login"></form></body></html>\n'

const COMPLETE: Readonly<Record<string, FaultAnswer>> = {
  html: { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: LOGIN_PAGE },
  htmljson: { status: 200, headers: { 'content-type': 'application/json' }, body: LOGIN_PAGE },
  empty: { status: 200, headers: { 'content-type': 'application/json' }, body: '' },
  nocontent: { status: 204 },
  truncjson: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"items":[{"name":"chu' },
  badutf8: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: Buffer.concat([Buffer.from('{"name":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}')]),
  },
  wrongjson: {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"code":14,"details":"no healthy upstream"}',
  },
  xml: { status: 200, headers: { 'content-type': 'application/xml' }, body: '<?xml version="1.0"?><Error/>' },
  login: { status: 302, headers: { location: LOGIN_URL } },
}

/** The whole answer of a mode that has one, or undefined where the mode plays with the connection. */
export function answerOf(mode: FaultMode): FaultAnswer | undefined {
  if (typeof mode === 'object') return mode
  const [name = '', argument = ''] = split(mode)
  switch (name) {
    case 'redirect':
      return { status: 302, headers: { location: argument } }
    case 'status':
      return errorAnswer(Number(argument), {})
    case 'retry-after':
      return errorAnswer(429, { 'retry-after': argument })
    case 'retry-date':
      return errorAnswer(429, retryDate(Number(argument)))
    default:
      return Object.hasOwn(COMPLETE, name) ? COMPLETE[name] : undefined
  }
}

function errorAnswer(status: number, headers: Readonly<Record<string, string>>): FaultAnswer {
  const body = JSON.stringify({ message: `the fault server says ${status}` })
  return { status, headers: { 'content-type': 'application/json', ...headers }, body }
}

function retryDate(seconds: number): Record<string, string> {
  const now = Math.floor(Date.now() / 1000) * 1000
  return { date: new Date(now).toUTCString(), 'retry-after': new Date(now + seconds * 1000).toUTCString() }
}

function split(mode: string): [string, string] {
  const colon = mode.indexOf(':')
  return colon === -1 ? [mode, ''] : [mode.slice(0, colon), mode.slice(colon + 1)]
}
