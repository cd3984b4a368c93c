import { writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { S3_KEYS, S3_REGION, type S3Peer } from '../s3/server.ts'

/** Where in a server the two remotes of a repository are. */
export interface Place {
  readonly s3: S3Peer
  readonly bucket: string
  /** Of both remotes; '' for the bucket itself. */
  readonly prefix: string
}

/** The remotes of every repository: the one by default, and the one that outputs may ask for. */
const REMOTES = ['store', 'second'] as const

/** The part of the configuration that is committed; nobody can reach a remote by it alone. */
export const COMMITTED_CONFIG = `[core]
    remote = store
['remote "store"']
    url = s3://nowhere/store
['remote "second"']
    url = s3://nowhere/second
`

/** Points a checkout to a place, in the configuration that is not committed. */
export async function pointTo(repository: string, { s3, bucket, prefix }: Place): Promise<void> {
  const sections = REMOTES.map(
    (name) => `['remote "${name}"']
    url = s3://${posix.join(bucket, prefix, name === 'store' && prefix === '' ? '' : name)}
    endpointurl = ${s3.url}
    region = ${S3_REGION}
    access_key_id = ${S3_KEYS.accessKeyId}
    secret_access_key = ${S3_KEYS.secretAccessKey}
`,
  )
  await writeFile(join(repository, '.dvc/config.local'), sections.join(''))
}
