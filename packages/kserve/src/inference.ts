import { type Failure, type JsonValue, toFailure } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import { decode, isJsonObject, parseJson } from './body.wire.ts'
import { compareAnswer, type Difference, type Tolerance } from './compare.ts'
import { withLoginAdvice } from './login.ts'
import { ANY_STATUS, hostHeaders, inferenceUrl, type ModelTarget, type Protocol } from './protocol.ts'

/** One request with the answer that it must get, if that is known. */
export interface InferenceCase {
  readonly request: JsonValue
  readonly expected: JsonValue | undefined
}

/** What became of one inference request. */
export interface InferenceOutcome {
  /** Milliseconds from sending to the end of the body; the connection's set-up is part of it where one was made. */
  readonly ms: number
  /** 0 where no answer came. */
  readonly status: number
  /** Answered with 2xx, and as expected; where nothing is expected, by what is an answer of the protocol. */
  readonly ok: boolean
  readonly differences: readonly Difference[]
  /** The error body, or the answer that differs: private. */
  readonly body: string
  /** Why no answer came. */
  readonly failure: Failure | undefined
}

const MAX_ANSWER = 4 * 1024 * 1024

/** Keys of the request and of the answer by protocol. */
const KEYS: Readonly<Record<Protocol, readonly [request: string, answer: string]>> = {
  v1: ['instances', 'predictions'],
  v2: ['inputs', 'outputs'],
}

/**
 * A request, and what it must be answered. A golden file holds both in one object (`instances` and `predictions`, or
 * `inputs` and `outputs` with data), so it is taken apart; `outputs` without data only name what is wanted.
 */
export function readCase(
  protocol: Protocol,
  request: JsonValue,
  expected: JsonValue | undefined,
): InferenceCase {
  const [, answerKey] = KEYS[protocol]
  if (expected !== undefined || !isJsonObject(request)) return { request, expected }
  const { [answerKey]: answer, ...rest } = request
  const isGolden = Array.isArray(answer) && (protocol === 'v1' || JSON.stringify(answer).includes('"data"'))
  return isGolden ? { request: rest, expected: { [answerKey]: answer } } : { request, expected }
}

/** What is wrong with a request for its protocol, before anything is sent. */
export function problemOfRequest(protocol: Protocol, request: JsonValue): string | undefined {
  const [key] = KEYS[protocol]
  if (isJsonObject(request) && Array.isArray(request[key])) return undefined
  if (protocol === 'v1' && isJsonObject(request) && Array.isArray(request['inputs'])) return undefined
  return `want a JSON object with the list "${key}", as protocol ${protocol} has it`
}

/**
 * Sends one request, once. The Content-Type is exactly `application/json`: with a charset KServe V1 hands the raw bytes
 * to the model (kserve/kserve rest/v1_endpoints.py).
 * @param stopwatch milliseconds, monotonic
 */
export async function sendInference(
  http: HttpClient,
  target: ModelTarget,
  { request, expected }: InferenceCase,
  tolerance: Tolerance,
  stopwatch: () => number,
): Promise<InferenceOutcome> {
  const started = stopwatch()
  try {
    const { status, body } = await http.request({
      method: 'POST',
      url: inferenceUrl(target),
      headers: { accept: 'application/json', ...hostHeaders(target) },
      body: { json: request },
      what: 'Cannot get an answer of the model',
      tolerate: ANY_STATUS,
      retries: 0,
      // It changes nothing, and so may use a kept connection, as real clients do.
      idempotent: true,
      maxBytes: MAX_ANSWER,
    })
    return judge({ status, body, ms: stopwatch() - started }, target.protocol, expected, tolerance)
  } catch (thrown) {
    const failure = toFailure(withLoginAdvice(thrown))
    if (failure.kind === 'cancelled' || failure.kind === 'internal') throw failure
    return { ms: stopwatch() - started, status: 0, ok: false, differences: [], body: '', failure }
  }
}

function judge(
  { status, body, ms }: { readonly status: number; readonly body: Buffer; readonly ms: number },
  protocol: Protocol,
  expected: JsonValue | undefined,
  tolerance: Tolerance,
): InferenceOutcome {
  const text = decode(body)
  const answer = status >= 200 && status < 300 && text !== undefined ? parseJson(text) : undefined
  const base = { ms, status, body: text ?? '', failure: undefined }
  if (answer === undefined) return { ...base, ok: false, differences: [] }
  if (expected === undefined) return { ...base, ok: isAnswer(protocol, answer), differences: [] }
  const differences = compareAnswer(expected, answer, tolerance)
  return { ...base, ok: differences.length === 0, differences }
}

/**
 * Whether a body that nothing is expected of is an answer of a model at all, and not the JSON of a proxy or a portal.
 * V1 servers pass on what a model returns, which by convention has `predictions`; some return V2's `outputs`.
 */
function isAnswer(protocol: Protocol, answer: JsonValue): boolean {
  if (!isJsonObject(answer)) return false
  return Array.isArray(answer['outputs']) || (protocol === 'v1' && Array.isArray(answer['predictions']))
}
