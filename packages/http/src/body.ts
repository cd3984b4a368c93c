import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { Answer } from './attempt.ts'
import type { HttpResponse } from './client.ts'
import type { Deadlines } from './deadlines.ts'
import { Trouble, toTrouble } from './trouble.ts'
import { formatBytes } from './words.ts'

/** Asked for wherever the caller has not named an encoding; only what was asked for is undone. */
export const ACCEPT_ENCODING = 'gzip, br'

export interface BodyRules {
  /** Bytes after decompression: a small bomb is a large body. */
  readonly maxBytes: number
  readonly decompress: boolean
}

/**
 * The whole body under the idle deadline, decompressed.
 * @throws Trouble `cut` when it ends early, `too-large` beyond the cap (the rest is not read)
 */
export async function readBody(
  answer: Answer,
  rules: BodyRules,
  deadlines: Deadlines,
): Promise<HttpResponse> {
  const { message, method, status, url } = answer
  const declared = Number(answer.headers['content-length'])
  if (method !== 'HEAD' && declared > rules.maxBytes) {
    message.destroy()
    throw new Trouble('too-large', {
      detail: `${formatBytes(declared)} announced, ${formatBytes(rules.maxBytes)} allowed`,
    })
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of pieces(answer, rules.decompress, deadlines)) {
    bytes += chunk.length
    if (bytes > rules.maxBytes) {
      throw new Trouble('too-large', { detail: `more than the ${formatBytes(rules.maxBytes)} allowed` })
    }
    chunks.push(chunk)
  }
  return {
    status,
    headers: headersOfBody(answer, rules.decompress),
    body: Buffer.concat(chunks),
    url: url.href,
  }
}

/** The body of an error, as far as it can be had: what is wrong with it must not hide the status. */
export async function readErrorBody(
  answer: Answer,
  rules: BodyRules,
  deadlines: Deadlines,
): Promise<HttpResponse> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of pieces(answer, rules.decompress, deadlines)) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes >= ERROR_BODY_BYTES) break
    }
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
  }
  const body = Buffer.concat(chunks).subarray(0, ERROR_BODY_BYTES)
  return {
    status: answer.status,
    headers: headersOfBody(answer, rules.decompress),
    body,
    url: answer.url.href,
  }
}

const ERROR_BODY_BYTES = 64 * 1024

/** Piece by piece; leaving the loop early ends the connection. @throws Trouble, or why the attempt was ended */
export async function* pieces(
  answer: Answer,
  decompress: boolean,
  deadlines: Deadlines,
): AsyncGenerator<Buffer, void, undefined> {
  const { message } = answer
  try {
    deadlines.enter('idle')
    const source: AsyncIterable<Buffer> = decompress ? decompressed(answer) : message
    for await (const chunk of source) {
      // The time that the reader takes is not the server's.
      deadlines.leave()
      yield chunk
      deadlines.enter('idle')
    }
    if (!message.complete) throw new Trouble('cut')
  } catch (error) {
    throw deadlines.reason() ?? toTrouble(error, true)
  } finally {
    deadlines.leave()
  }
}

function decompressed(answer: Answer): Readable {
  const { message, headers } = answer
  const encoding = isBodiless(answer) ? undefined : headers['content-encoding']?.toLowerCase()
  // An error reaches the reader by way of the last stream; the callback only keeps it from being thrown.
  if (encoding === 'gzip' || encoding === 'x-gzip') return pipeline(message, createGunzip(), () => {})
  if (encoding === 'br') return pipeline(message, createBrotliDecompress(), () => {})
  if (encoding === undefined || encoding === 'identity') return message
  throw new Trouble('malformed', { detail: `content-encoding ${encoding}, which was not asked for` })
}

/** Nothing at all is not even an empty gzip file. */
function isBodiless({ method, status, headers }: Answer): boolean {
  return method === 'HEAD' || status === 204 || status === 304 || headers['content-length'] === '0'
}

function headersOfBody({ headers }: Answer, decompress: boolean): Readonly<Record<string, string>> {
  if (!decompress || headers['content-encoding'] === undefined) return headers
  const { 'content-encoding': _encoding, 'content-length': _length, ...rest } = headers
  return rest
}
