import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'

export interface Answer {
  readonly status: number
  readonly statusText: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Question {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer | undefined
  readonly signal?: AbortSignal | undefined
}

/** Nobody answered, or not to the end; the cause says why. */
export class NoAnswer extends Error {
  constructor(url: URL, cause: unknown) {
    super(`no answer from ${url.host}`, { cause })
    this.name = 'NoAnswer'
  }
}

const MOST_REDIRECTS = 5

/**
 * One request and its whole answer; where the answer to a GET is elsewhere it is fetched there, without the credentials
 * where that is another origin. Not by `fetch`, whose loading costs a short process more time than its work.
 * @throws NoAnswer, or the reason of the signal
 */
export async function exchange(url: URL, question: Question, redirects = MOST_REDIRECTS): Promise<Answer> {
  const answer = await ask(url, question).catch((cause: unknown) => {
    question.signal?.throwIfAborted()
    throw new NoAnswer(url, cause)
  })
  const { location } = answer.headers
  const moved = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined
  if (!moved || question.method !== 'GET' || redirects === 0) return answer
  const next = new URL(location, url)
  const { authorization: _, ...anonymous } = question.headers
  const headers = next.origin === url.origin ? question.headers : anonymous
  return exchange(next, { ...question, headers }, redirects - 1)
}

async function ask(url: URL, { method, headers, body, signal }: Question): Promise<Answer> {
  const request = open(url, { method, headers, ...(signal && { signal }) })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject).end(body)
  })
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    headers: response.headers,
    body: Buffer.concat(chunks),
  }
}

/** An `import` of node:http reads all that it exports, its WebSocket among them, and that loads `fetch` after all. */
function open(url: URL, options: { method: string; headers: Question['headers'] }): ClientRequest {
  if (url.protocol === 'https:') return process.getBuiltinModule('node:https').request(url, options)
  return process.getBuiltinModule('node:http').request(url, options)
}
