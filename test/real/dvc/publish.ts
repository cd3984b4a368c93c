import { deepStrictEqual, match, strictEqual } from 'node:assert'
import { join, posix } from 'node:path'
import {
  applyPublish,
  connectRemotes,
  type PublishPlan,
  readRepository,
  resolveRemote,
} from '@mlops-actions/dvc'
import type { Check } from '../../../scripts/real/peer.ts'
import type { ObjectFacts, S3Peer } from '../s3/server.ts'
import type { Dvc } from './dvc.ts'
import { makeModel } from './model.ts'
import { actionWorld, pushByBundle } from './ours.ts'
import { pointTo } from './remotes.ts'
import { type FileFacts, readTree } from './tree.ts'

/** What is published is the output with its real names, in another bucket, and is published once. */
export async function checkPublish(dvc: Dvc, s3: S3Peer, folder: string, check: Check): Promise<void> {
  const [root, bucket] = [join(folder, `publish-${s3.name}`), `publish-${s3.name}`]
  const served = `served-${s3.name}`
  await s3.createBucket(bucket)
  await s3.createBucket(served)
  await makeModel(dvc, root)
  await pointTo(root, { s3, bucket, prefix: 'dvc' })
  const tree = await readTree(root, {
    isLost: (path) => !/^(model|tokenizer\.json)(\/|$)/.test(path) || path.endsWith('.dvc'),
    keepsMode: () => false,
  })
  await check(`${s3.name} has what is published with its real names, and nothing twice`, async () => {
    const given = { publish: 'model=churn\ntokenizer.json=tokenizer', 'publish-to': `s3://${served}/models` }
    const { code, outputs, text } = await pushByBundle(root, given)
    strictEqual(code, 0, text)
    const uris: Record<string, string> = JSON.parse(outputs['storage-uris'] ?? '')
    deepStrictEqual(await contentOf(s3, served, uris['churn']), below(tree, 'model/'))
    deepStrictEqual(await contentOf(s3, served, uris['tokenizer']), below(tree, ''))
    const again = await pushByBundle(root, given)
    deepStrictEqual([again.code, again.outputs['changed']], [0, 'false'], again.text)
    match(await dvc.run(root, 'status', '--cloud'), /in sync/)
  })
  await check(`${s3.name} puts a published file together that is copied in parts`, async () => {
    const { md5, size } = tree['model/1/weights.bin'] ?? { md5: '', size: 0 }
    const prefix = 'parts/'
    const plan: PublishPlan = {
      ...{
        model: 'parts',
        path: 'model',
        remote: 'store',
        bucket: served,
        prefix,
        uri: `s3://${served}/${prefix}`,
      },
      ...{ files: [{ relpath: 'weights.bin', key: `${prefix}weights.bin`, md5, size }], warnings: [] },
    }
    const world = actionWorld(root)
    const { config } = await readRepository(root, { env: world.env })
    const { stores, close } = await connectRemotes(world, [resolveRemote(config, 'store')], {
      ...{
        role: undefined,
        region: undefined,
        caCert: undefined,
        requestTimeout: 60_000,
        sessionName: 'real',
      },
      idToken: world.idToken,
    })
    try {
      const store = stores.get('store')
      if (store === undefined) throw new Error('there is no store')
      const { copied } = await applyPublish(store, plan, 4, { wholeUpTo: 2 ** 20, partSize: 5 * 2 ** 20 })
      strictEqual(copied.length, 1)
      deepStrictEqual(await s3.objects(served, prefix), { 'weights.bin': { md5, size } })
    } finally {
      close()
    }
  })
}

function contentOf(s3: S3Peer, bucket: string, uri = ''): Promise<Readonly<Record<string, ObjectFacts>>> {
  return s3.objects(bucket, uri.slice(`s3://${bucket}/`.length))
}

/** Of a folder, or of the file itself where it is none. */
function below(tree: Readonly<Record<string, FileFacts>>, folder: string): Record<string, ObjectFacts> {
  const inside = Object.entries(tree).filter(([path]) =>
    folder === '' ? posix.dirname(path) === '.' : path.startsWith(folder),
  )
  return Object.fromEntries(inside.map(([path, { md5, size }]) => [path.slice(folder.length), { md5, size }]))
}
