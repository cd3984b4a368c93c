import { Failure } from '@mlops-actions/diagnostics'
import type { HashName } from '../repository/output.ts'
import { keyOf, type Store } from './connection.ts'
import { getObject } from './get.ts'

/** The largest list of files that is read: some million entries. */
const MAX_DIR_BYTES = 512 * 2 ** 20

/** A `.dir` object from the remote; undefined where it is not there. @throws Failure */
export async function fetchDirObject(store: Store, oid: string, hash: HashName): Promise<Buffer | undefined> {
  const key = keyOf(store, oid, hash)
  const body = await getObject(store, store.remote.bucket, key)
  if (body === undefined) return undefined
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > MAX_DIR_BYTES) throw tooLarge(store, key)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function tooLarge({ remote }: Store, key: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'DVC_DIR_OBJECT',
    what: 'Cannot read an object',
    on: `s3://${remote.bucket}/${key}`,
    seen: `a list of files of more than ${MAX_DIR_BYTES} bytes`,
    next: 'Split the directory into several outputs',
    retryable: false,
  })
}
