import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from '../../../scripts/real/peer.ts'
import { S3_KEYS, S3_REGION, type S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { git } from './git.ts'
import { pushByBundle } from './ours.ts'

const OBJECT = 'files/md5/76/4efa883dda1e11db47671c4a3bbd9e'

/** What stands behind the bucket in a url, and what DVC makes of it: the beginning of every key. */
const READ_ALIKE: readonly [rest: string, prefix: string][] = [
  ['/', ''],
  ['/a/', 'a/'],
  ['//', '/'],
  ['//a', '/a/'],
  ['/a//b', 'a//b/'],
  ['/a//', 'a//'],
  ['/a\\b', 'a\\b/'],
  ['/a%20b', 'a%20b/'],
  ['/%2e%2e/a', '%2e%2e/a/'],
  ['/a b', 'a b/'],
  ['/a+b', 'a+b/'],
  ['/a#b', 'a#b/'],
  ['/é', 'é/'],
  ['/.../a', '.../a/'],
]

/** Where DVC writes to something else than stands there, or to a name that others take for another. */
const REFUSED: readonly [rest: string, prefix: string][] = [
  ['/../x', '../x/'],
  ['/a/.', 'a/./'],
  ['/a?b', 'a/'],
  ['/a\tb', 'ab/'],
]

/** The urls of remotes, on a server that stores keys as they come: one that keeps files would change some of them. */
export async function checkUrls(dvc: Dvc, s3: S3Peer, folder: string, check: Check): Promise<void> {
  const root = join(folder, `urls-${dvc.version}`)
  await mkdir(root)
  await git(root, 'init', '--quiet')
  await dvc.run(root, 'init')
  await writeFile(join(root, 'f'), 'hi\n')
  await dvc.run(root, 'add', 'f')
  let buckets = 0
  const pointToNew = async (rest: string): Promise<string> => {
    const bucket = `urls-${dvc.version}-${++buckets}`
    await s3.createBucket(bucket)
    await writeFile(join(root, '.dvc/config'), configOf(s3, `s3://${bucket}${rest}`))
    return bucket
  }
  for (const [rest, prefix] of READ_ALIKE) {
    await check(`dvc ${dvc.version} and ours read s3://bucket${rest} alike`, async () => {
      const theirs = await pointToNew(rest)
      await dvc.run(root, 'push')
      deepStrictEqual(Object.keys(await s3.objects(theirs)), [`${prefix}${OBJECT}`])
      const found = await pushByBundle(root)
      deepStrictEqual([found.code, found.outputs['skipped']], [0, '1'], found.text)
      const ours = await pointToNew(rest)
      strictEqual((await pushByBundle(root)).outputs['uploaded'], '1')
      deepStrictEqual(Object.keys(await s3.objects(ours)), [`${prefix}${OBJECT}`])
      match(await dvc.run(root, 'push'), /Everything is up to date/)
    })
  }
  for (const [rest, prefix] of REFUSED) {
    const url = JSON.stringify(`s3://bucket${rest}`)
    await check(`dvc ${dvc.version} writes to ${prefix} by ${url}, which ours refuses`, async () => {
      const bucket = await pointToNew(rest)
      const { code, outputs, text } = await pushByBundle(root)
      deepStrictEqual([code, outputs['failure-kind']], [1, 'config'], text)
      await dvc.run(root, 'push')
      deepStrictEqual(Object.keys(await s3.objects(bucket)), [`${prefix}${OBJECT}`])
    })
  }
}

function configOf({ url: endpoint }: S3Peer, url: string): string {
  return `[core]
    remote = store
['remote "store"']
    url = "${url}"
    endpointurl = ${endpoint}
    region = ${S3_REGION}
    access_key_id = ${S3_KEYS.accessKeyId}
    secret_access_key = ${S3_KEYS.secretAccessKey}
`
}
