import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

/** A server that refuses every request and says in its answer what the request was allowed with. */
export interface EchoServer {
  readonly url: string
  /** Credentials that it was given, by now. */
  readonly heard: () => number
  readonly close: () => Promise<void>
}

/** How a secret comes back: a value in pieces is whole again once a terminal or a sanitizer has dropped what parts it. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'URL-encoded': encodeURIComponent,
  'parted by ANSI sequences': (secret) => part(secret, '\u001b[0m'),
  'parted by NUL': (secret) => part(secret, '\u0000'),
  'parted by a direction mark': (secret) => part(secret, '\u200f'),
  'at the edge of what is quoted': (secret) => `${'x'.repeat(182)} ${secret}${'x'.repeat(1_000)}`,
  'in hex and in base64 for URLs': (secret) =>
    [hex(secret), hex(secret).toUpperCase(), Buffer.from(`u:${secret}`).toString('base64url')].join(' '),
  'in the JSON of Go and in HTML': (secret) => [inJsonOfGo(secret), inHtml(secret)].join(' '),
  'in lines and parted by what nobody sees': (secret) =>
    ['\n', '\r\n  ', '\u200b', '\u00ad\ufe0f'].map((by) => part(secret, by)).join(' '),
}
export const ECHO_FORMS = Object.keys(FORMS)

/** Listens on loopback; `form` is one of {@link ECHO_FORMS}. What is asked without credentials is asked to bring some. */
export async function startEchoServer(form: string): Promise<EchoServer> {
  const say = FORMS[form] ?? ((secret) => secret)
  let heard = 0
  const server = createServer((request, response) => {
    request.resume()
    const given = credentialsIn(request.headers)
    if (given.length > 0) heard++
    if (request.url === '/api/version' && given.length === 0) json(response, 200, { Version: 'v3.1.0+abc' })
    else if (given.length === 0) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"', 'content-type': 'text/plain' })
      response.end('who are you?\n')
    } else refuse(response, given.map(say).join(' and '))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    heard: () => heard,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Whatever member a client reads a message from. */
function refuse(response: ServerResponse, seen: string): void {
  const message = `you may not come in with ${seen}`
  const detail = { reason: 'Forbidden', status: 'Failure', code: 7, error_details: message, details: [] }
  json(response, 403, { message, error: message, Message: message, __type: 'AccessDenied', ...detail })
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

/** The header, what is behind its first word, and the password of Basic authentication. */
function credentialsIn({ authorization, ...headers }: IncomingHttpHeaders): readonly string[] {
  const session = headers['x-amz-security-token']
  const given = [authorization ?? [], session ?? []].flat()
  const [, basic] = /^Basic (\S+)$/.exec(authorization ?? '') ?? []
  const password =
    basic === undefined
      ? []
      : [
          Buffer.from(basic, 'base64')
            .toString()
            .replace(/^[^:]*:/, ''),
        ]
  return [...given, ...given.flatMap((value) => value.split(' ').slice(1)), ...password]
}

function hex(text: string): string {
  return Buffer.from(text).toString('hex')
}

function inJsonOfGo(text: string): string {
  return JSON.stringify(text).replace(/[<>&]/g, (char) => `\\u00${hex(char)}`)
}

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

function part(text: string, by: string): string {
  return text.replace(/.{4}/g, `$&${by}`)
}
