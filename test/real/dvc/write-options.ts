import { deepStrictEqual, strictEqual } from 'node:assert'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Check } from '../../../scripts/real/peer.ts'
import type { Keeping, OpenS3Peer } from '../s3/moto.ts'
import type { Dvc } from './dvc.ts'
import { makeModel } from './model.ts'
import { pushByBundle } from './ours.ts'
import { COMMITTED_CONFIG, pointTo } from './remotes.ts'

const ACCOUNT = `id=${'79a59df900b949e55d96a1e698fbaced'.repeat(2)}`

/** Options of a remote by which objects are kept otherwise. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'no option': [],
  'sse = AES256': ['sse = AES256'],
  'sse = aws:kms with a key': ['sse = aws:kms', 'sse_kms_key_id = 1234abcd-12ab-34cd-56ef-1234567890ab'],
  'acl = public-read': ['acl = public-read'],
  'grant_read and grant_full_control': [`grant_read = ${ACCOUNT}`, `grant_full_control = ${ACCOUNT}`],
}

/** Who may read an object, and how it is encrypted, is what it would be by DVC: of one sent whole, and of one sent in parts. */
export async function checkWriteOptions(
  dvc: Dvc,
  moto: OpenS3Peer,
  folder: string,
  check: Check,
): Promise<void> {
  const [root, bucket] = [join(folder, `options-${dvc.version}`), `options-${dvc.version}`]
  await moto.createBucket(bucket)
  await makeModel(dvc, root)
  const sentBy = async (prefix: string, push: () => Promise<unknown>): Promise<Record<string, Keeping>> => {
    await pointTo(root, { s3: moto, bucket, prefix })
    await push()
    const keys = Object.keys(await moto.objects(bucket, `${prefix}/`))
    const kept = keys.map(async (key) => [key, await moto.keeping(bucket, `${prefix}/${key}`)] as const)
    return Object.fromEntries(await Promise.all(kept))
  }
  for (const [at, [name, lines]] of Object.entries(OPTIONS).entries())
    await check(`with ${name} objects of ours are kept as those of dvc ${dvc.version}`, async () => {
      const options = lines.map((line) => `    ${line}\n`).join('')
      await writeFile(
        join(root, '.dvc/config'),
        COMMITTED_CONFIG.replace('[\'remote "second', `${options}['remote "second`),
      )
      const theirs = await sentBy(`${at}-theirs`, () => dvc.run(root, 'push'))
      const ours = await sentBy(`${at}-ours`, async () => {
        const { code, text } = await pushByBundle(root)
        strictEqual(code, 0, text)
      })
      deepStrictEqual(ours, theirs)
    })
}
