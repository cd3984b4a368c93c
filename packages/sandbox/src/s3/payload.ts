import { createHash } from 'node:crypto'
import { once } from '../server-io.ts'
import type { ObjectBody } from './bodies.ts'
import type { BodyStore } from './body-store.ts'
import {
  assertChecksum,
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  type DeclaredChecksum,
  declaredChecksum,
  parseAlgorithm,
  startChecksum,
} from './checksums.ts'
import type { S3Call } from './context.ts'
import { deframe, type Trailers } from './deframe.ts'
import { S3Error } from './errors.ts'

export interface Payload {
  readonly body: ObjectBody
  /** Hexadecimal; undefined where nobody has looked at the bytes. */
  readonly md5: string | undefined
  /** What the client stated and the server has seen to be right. */
  readonly checksum: DeclaredChecksum | undefined
}

/**
 * The object's bytes as they arrive: framing removed, every digest that the client stated for them checked.
 * @throws S3Error BadDigest, InvalidDigest, IncompleteBody, MissingContentLength, EntityTooLarge, XAmzContentSHA256Mismatch
 */
export async function readPayload(call: S3Call, store: BodyStore = call.state.bodies): Promise<Payload> {
  const { request } = call
  const stated = statedOf(call)
  const trailers: Trailers = new Map()
  const writer = await store.create()
  const digests = startDigests(stated, store.digests)
  let size = 0
  try {
    for await (const piece of piecesOf(call, stated, trailers)) {
      size += piece.length
      digests.update(piece)
      await writer.write(piece)
    }
    if (stated.length !== undefined && size !== stated.length) throw new S3Error('IncompleteBody')
    const { md5, checksum } = digests.finish(withTrailers(stated, trailers, request.headers))
    return { body: await writer.finish(), md5, checksum }
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

/** What a request says of its body before the body is there. */
interface Stated {
  /** Value of x-amz-content-sha256. */
  readonly mode: string
  /** The body is aws-chunked, and this server knows it. */
  readonly chunked: boolean
  /** Bytes without framing. */
  readonly length: number | undefined
  /** Base64. */
  readonly md5: string | undefined
  readonly checksum: DeclaredChecksum | undefined
  /** Of a checksum that comes in the trailers. */
  readonly algorithm: ChecksumAlgorithm | undefined
  readonly trailers: readonly string[]
}

function statedOf({ request: { headers }, state }: S3Call): Stated {
  const mode = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  const chunked = mode.startsWith('STREAMING-') && state.quirks.chunkedBodies === 'decoded'
  const length = headers[chunked ? 'x-amz-decoded-content-length' : 'content-length']
  if (length === undefined) throw new S3Error('MissingContentLength')
  if (Number(length) > state.maxPutSize)
    throw new S3Error('EntityTooLarge', { ProposedSize: length, MaxSizeAllowed: String(state.maxPutSize) })
  const md5 = state.quirks.contentMd5 === 'verified' ? headers['content-md5'] : undefined
  if (md5 !== undefined && Buffer.from(md5, 'base64').length !== 16)
    throw new S3Error('InvalidDigest', { 'Content-MD5': md5 })
  const shared = { mode, length: Number(length), md5 }
  // Whoever does not know the framing does not see what stands in it.
  if (mode.startsWith('STREAMING-') && !chunked)
    return { ...shared, chunked, trailers: [], checksum: undefined, algorithm: undefined }
  const trailers = trailerNames(headers['x-amz-trailer'] ?? '')
  return { ...shared, chunked, trailers, ...checksumStated(headers, trailers, state.quirks.checksums) }
}

function trailerNames(header: string): string[] {
  return header
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
}

function checksumStated(
  headers: Readonly<Record<string, string>>,
  trailers: readonly string[],
  treatment: 'verified' | 'ignored' | 'refused',
): Pick<Stated, 'checksum' | 'algorithm'> {
  if (treatment === 'ignored') return { checksum: undefined, algorithm: undefined }
  const announced = trailers.map(algorithmOfTrailer)
  const named = parseAlgorithm(headers['x-amz-sdk-checksum-algorithm'])
  const checksum = declaredChecksum(headers)
  if (treatment === 'refused' && (named ?? checksum ?? announced[0]) !== undefined)
    throw new S3Error('NotImplemented', { Header: 'x-amz-checksum-algorithm' })
  if (named !== undefined && checksum === undefined && announced.length === 0)
    throw new S3Error(
      'InvalidRequest',
      {},
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    )
  return { checksum, algorithm: announced[0] }
}

function algorithmOfTrailer(name: string): ChecksumAlgorithm {
  const algorithm = CHECKSUM_ALGORITHMS.find((known) => name === `x-amz-checksum-${known}`)
  if (algorithm) return algorithm
  throw new S3Error('InvalidRequest', {}, 'The value specified in the x-amz-trailer header is not supported')
}

function piecesOf(call: S3Call, { mode }: Stated, trailers: Trailers): AsyncIterable<Buffer> {
  const { request, state, auth } = call
  const source = request.body.length > 0 ? once(request.body) : request.content
  if (!mode.startsWith('STREAMING-') || state.quirks.chunkedBodies === 'kept') return source
  if (state.quirks.chunkedBodies === 'refused')
    throw new S3Error('NotImplemented', { Header: 'x-amz-content-sha256' })
  return deframe(source, mode, auth, trailers)
}

/** Every trailer that came was announced, and every announced one came. @throws S3Error MalformedTrailerError */
function withTrailers(stated: Stated, trailers: Trailers, headers: Readonly<Record<string, string>>): Stated {
  if (!stated.chunked) return stated
  const came = [...trailers.keys()].filter((name) => name !== 'x-amz-trailer-signature')
  const asAnnounced =
    came.length === stated.trailers.length && came.every((name) => stated.trailers.includes(name))
  if (!asAnnounced) throw new S3Error('MalformedTrailerError')
  if (stated.algorithm === undefined) return stated
  return { ...stated, checksum: declaredChecksum({ ...headers, ...Object.fromEntries(trailers) }) }
}

interface Digests {
  update(piece: Buffer): void
  finish(stated: Stated): Pick<Payload, 'md5' | 'checksum'>
}

function startDigests(stated: Stated, looks: boolean): Digests {
  if (!looks) return { update: () => {}, finish: ({ md5 }) => unseen(md5) }
  const md5 = createHash('md5')
  const sha256 = /^[0-9a-f]{64}$/.test(stated.mode) ? createHash('sha256') : undefined
  const algorithm = stated.checksum?.algorithm ?? stated.algorithm
  const running = algorithm && startChecksum(algorithm)
  return {
    update: (piece) => {
      md5.update(piece)
      sha256?.update(piece)
      running?.update(piece)
    },
    finish: ({ mode, md5: statedMd5, checksum }) => {
      if (sha256) assertAsSigned(mode, sha256.digest('hex'))
      const digest = md5.digest()
      assertMd5(statedMd5, digest.toString('base64'))
      if (checksum && running) assertChecksum(checksum, running.digest().toString('base64'))
      return { md5: digest.toString('hex'), checksum }
    },
  }
}

/** A server that throws bodies away takes the client's word for their MD5. */
function unseen(md5: string | undefined): Pick<Payload, 'md5' | 'checksum'> {
  const stated = md5 === undefined ? undefined : Buffer.from(md5, 'base64').toString('hex')
  return { md5: stated, checksum: undefined }
}

/** @throws S3Error XAmzContentSHA256Mismatch */
export function assertAsSigned(stated: string, computed: string): void {
  if (stated === computed) return
  throw new S3Error('XAmzContentSHA256Mismatch', {
    ClientComputedContentSHA256: stated,
    S3ComputedContentSHA256: computed,
  })
}

function assertMd5(stated: string | undefined, computed: string): void {
  if (stated === undefined || stated === computed) return
  throw new S3Error('BadDigest', { ExpectedDigest: stated, CalculatedDigest: computed })
}
