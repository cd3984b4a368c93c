import { GetObjectCommand } from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'
import { explainS3, noEtag } from './explain.ts'
import { call, type Store } from './store.ts'

/** Some bytes of an object: from `start` up to and without `end`. */
export interface ObjectRange {
  readonly bucket: string
  readonly key: string
  readonly start: number
  readonly end: number
  /** The whole object's size, so that one range is not taken for all. */
  readonly size: number
  /** Without quotes: what was looked at before, so that all ranges are of the same object. */
  readonly etag: string
}

/**
 * The bytes of a range, piece by piece.
 * @throws Failure while they are read, too: `upstream` and retryable where fewer or other bytes come than were asked for
 */
export async function getRange(store: Store, range: ObjectRange): Promise<AsyncIterable<Uint8Array>> {
  const { bucket, key, start, end, size, etag } = range
  const facts = { what: 'Cannot read an object', bucket, key, action: 's3:GetObject' }
  const isWhole = start === 0 && end === size
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    IfMatch: `"${etag}"`,
    ...(isWhole ? {} : { Range: `bytes=${start}-${end - 1}` }),
  })
  const answer = await call(store, facts, (abortSignal) => store.s3.send(command, { abortSignal }))
  if (answer.ETag === undefined || answer.Body === undefined) throw noEtag(facts)
  if (!isWhole && answer.ContentRange !== `bytes ${start}-${end - 1}/${size}`)
    throw otherBytes(range, `it sent "${answer.ContentRange ?? 'no Content-Range'}"`)
  const body = answer.Body.transformToWebStream()
  return (async function* pieces() {
    let got = 0
    try {
      for await (const piece of body) {
        got += piece.length
        if (got > end - start) throw otherBytes(range, 'it sent more')
        yield piece
      }
    } catch (thrown) {
      store.signal.throwIfAborted()
      throw explainS3(thrown, facts)
    }
    if (got < end - start) throw otherBytes(range, `it sent ${got} of ${end - start} and ended`)
  })()
}

function otherBytes({ bucket, key, start, end }: ObjectRange, seen: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'S3_RANGE',
    what: 'Cannot read an object',
    on: `s3://${bucket}/${key}`,
    seen: `asked for the bytes ${start} to ${end}, the server said success, and ${seen}`,
    next: 'Run the step again; if it stays, check `endpointurl` of the remote and what stands between',
    retryable: true,
  })
}
