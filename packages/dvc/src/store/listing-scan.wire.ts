import { Readable } from 'node:stream'
import type { ListObjectsV2Command } from '@mlops-actions/aws/s3'
import { isWholePage, type ScannedObject, scanPage } from './listing-scan.ts'

/** What {@link scanContents} found in the last answer. */
export interface Scan {
  /** Undefined where the page has another shape, and the SDK has read it. */
  readonly objects: readonly ScannedObject[] | undefined
  /** Whether the text of the page was complete. */
  readonly isWhole: boolean
}

const NOTHING = '<ListBucketResult/>'
/** Far more than a thousand keys of the longest kind take. */
const MOST_BYTES = 32 * 2 ** 20

/**
 * Makes a command read the objects of its page itself, and leave what remains (name, token, errors) to the SDK's parser.
 * Returns what gives the result once the command has been sent.
 */
export function scanContents(command: ListObjectsV2Command): () => Scan {
  let scan: Scan = { objects: undefined, isWhole: false }
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response = result.response as { statusCode?: unknown; body?: unknown }
      if (response.statusCode !== 200 || !(response.body instanceof Readable)) return result
      const text = await readText(response.body)
      const isWhole = isWholePage(text)
      const page = isWhole ? scanPage(text) : undefined
      scan = { objects: page?.objects, isWhole }
      // What was cut is no page; only an error in its place has something to say.
      response.body = Buffer.from(page?.rest ?? (isWhole || text.includes('<Error') ? text : NOTHING))
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'scanContents' },
  )
  return () => scan
}

async function readText(body: Readable): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > MOST_BYTES) throw new Error(`a page of the listing is larger than ${MOST_BYTES} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
