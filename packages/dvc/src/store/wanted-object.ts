import type { Failure } from '@mlops-actions/diagnostics'
import { dataFailure } from '../invalid.ts'
import type { HashName } from '../repository/output.ts'
import type { Store, StoredObject } from './connection.ts'

/** An object of a remote, and what its bytes must hash to. */
export interface WantedObject {
  readonly oid: string
  readonly hash: HashName
  /** The file that it is, for sentences. */
  readonly path: string
  /** What a listing or HEAD said of it, where one was made. */
  readonly stored?: StoredObject | undefined
}

/** The remote holds something else under the name. */
export function otherBytes(
  { remote }: Pick<Store, 'remote'>,
  { oid, path }: Pick<WantedObject, 'oid' | 'path'>,
  { md5, size }: { readonly md5: string; readonly size: number },
): Failure {
  return dataFailure('DVC_REMOTE_CORRUPT', {
    what: 'An object of the remote is not what its name says',
    on: `${path} (${oid}) in s3://${remote.bucket}`,
    seen: `the remote holds ${size} bytes under this name that hash to ${md5}`,
    next: 'Push the data again from where it is right, with `repair: true`',
  })
}
