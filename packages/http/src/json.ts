import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import type { Wire } from './attempt.ts'
import type { HttpClient, HttpRequest, HttpResponse, Validate } from './client.ts'
import { isHtml, mediaType } from './content.ts'
import { exchange } from './exchange.ts'
import { explainShape } from './explain.ts'
import type { Plan } from './plan.ts'
import { Trouble } from './trouble.ts'
import { excerpt } from './words.ts'

/** `HttpClient.json` over one wire. */
export function createJson(
  world: World,
  wire: Wire,
  plan: (request: HttpRequest) => Plan,
): HttpClient['json'] {
  async function json<T>(request: HttpRequest, validate: Validate<T>): Promise<T>
  async function json<T>(request: HttpRequest, validate: Validate<T>): Promise<T | undefined> {
    const planned = plan(request)
    const answer = await exchange(world, wire, planned, {
      // A body that was cut or came empty counts as a failed attempt; one of another shape will not change.
      decode: (response) =>
        isTolerated(response, planned) ? undefined : { value: parseJson(response), response },
      sameHostOnly: true,
    })
    return answer && validateJson(answer.value, validate, answer.response, request)
  }
  return json
}

/**
 * A 404 that is a web page or a line of text is a wrong URL or a proxy's, and says nothing about the thing that was
 * asked for. An API answers in JSON, or, as registries and storage do, with no body at all.
 */
function isTolerated(response: HttpResponse, { tolerate }: Plan): boolean {
  if (!tolerate.has(response.status)) return false
  if (response.body.length > 0 && !isJson(response)) throw new Trouble('status', { response })
  return true
}

function isJson(response: HttpResponse): boolean {
  try {
    parseJson(response)
    return true
  } catch (error) {
    if (error instanceof Trouble) return false
    throw error
  }
}

/** Types under which JSON travels; servers and proxies that cannot say send none, plain text or bytes. */
const VAGUE_TYPES = new Set([
  '',
  'text/plain',
  'application/octet-stream',
  'binary/octet-stream',
  'text/json',
])

/**
 * The JSON of a response.
 * @throws Trouble `login-page` for HTML, `empty`, or `not-json` for anything else: cut, XML, another encoding
 */
export function parseJson(response: HttpResponse): unknown {
  if (isHtml(response)) throw new Trouble('login-page', { detail: `HTTP ${response.status}` })
  if (response.body.length === 0) throw new Trouble('empty', { detail: `HTTP ${response.status}` })
  const type = mediaType(response.headers)
  if (!VAGUE_TYPES.has(type) && !/[/+]json$/.test(type)) {
    throw new Trouble('not-json', {
      detail: `HTTP ${response.status} with content-type ${excerpt(type, 80)}`,
    })
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(response.body))
  } catch (error) {
    const size = `HTTP ${response.status}, ${response.body.length} bytes`
    throw new Trouble('not-json', {
      detail: `${size}: ${excerpt(response.body.toString('utf8'))}`,
      cause: error,
    })
  }
}

/** @throws Failure `upstream` that names the path at which the value is not what the API answers */
export function validateJson<T>(
  value: unknown,
  validate: Validate<T>,
  response: HttpResponse,
  request: HttpRequest,
): T {
  try {
    return validate(value)
  } catch (error) {
    if (error instanceof Failure) throw error
    throw explainShape(messageOf(error), response, request, new URL(response.url).host)
  }
}
