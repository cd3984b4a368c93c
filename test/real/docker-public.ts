import { match, strictEqual } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type EcrPublicServer, startEcrPublic } from '@mlops-actions/sandbox/ecr-public'
import { addRepository } from '@mlops-actions/sandbox/registry'
import type { Check } from '../../scripts/real/peer.ts'
import type { ImageStore } from './docker-engine.ts'
import { writeProduct } from './docker-product.ts'
import { type Prepared, stepIn } from './docker-stack.ts'

const NAME = 'a1b2c3d4/ml/churn'

/** Real buildx and both image stores against a registry that wants Bearer tokens, as ECR Public does; that one is the sandbox's. */
export async function checkPublic(prepared: Prepared, check: Check): Promise<void> {
  const gallery = await startEcrPublic()
  addRepository(gallery.state.registry, NAME, Date.now())
  try {
    for (const store of ['graph', 'containerd'] as const) await checkStore(prepared, store, gallery, check)
  } finally {
    await gallery.close()
  }
}

async function checkStore(
  prepared: Prepared,
  store: ImageStore,
  { url, state }: EcrPublicServer,
  check: Check,
): Promise<void> {
  const workspace = join(prepared.folder, `public-${store}`)
  writeProduct(workspace, prepared.root)
  writeFileSync(join(workspace, 'model.txt'), `weights for everybody, ${store}`)
  const step = stepIn(prepared, store, workspace)
  const push = (tags: string) =>
    step({ registry: 'public.ecr.aws', repository: NAME, tags }, { AWS_ENDPOINT_URL_ECR_PUBLIC: url })
  const tags = () => state.registry.repositories.get(NAME)?.tags
  let digest = ''
  await check(`[${store}] an image is pushed to ECR Public with a Bearer token`, async () => {
    const { code, outputs, stdout } = await push(`${store}-1`)
    strictEqual(code, 0, stdout)
    digest = outputs['digest'] ?? ''
    match(digest, /^sha256:/)
    strictEqual(tags()?.get(`${store}-1`), digest)
  })
  await check(`[${store}] and is reused there`, async () => {
    const { code, outputs, stdout } = await push(`${store}-2`)
    strictEqual(code, 0, stdout)
    strictEqual(outputs['cache-hit'], 'true')
    strictEqual(tags()?.get(`${store}-2`), digest)
  })
  await check(`[${store}] a right that is missing there is named as one of ECR Public`, async () => {
    state.registry.deny.push({ action: 'ecr-public:InitiateLayerUpload' })
    writeFileSync(join(workspace, 'model.txt'), `other weights, ${store}`)
    const { code, errors } = await push(`${store}-denied`)
    state.registry.deny.length = 0
    strictEqual(code, 1)
    match(errors[0]?.message ?? '', /`ecr-public:InitiateLayerUpload`/)
  })
}
