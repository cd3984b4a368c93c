import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { gitopsHead, servingImages } from '../demo/cluster.ts'
import { buildImage } from '../demo/images.ts'
import { breakServer, repairServer } from '../demo/product.ts'
import { type Alone, openAlone, outputsOf, type PastRun, stepsOf } from './alone.ts'

/** Each runs whole workflows: seconds, but several on a busy machine. */
const LONG = 120_000

let alone: Alone

beforeAll(async () => {
  alone = await openAlone()
}, LONG)
afterAll(async () => {
  await alone.close()
})

const PUSH_IMAGE = { repository: 'churn', dockerfile: 'Dockerfile' }

const DEPLOY = (digest: string): string => `
  permissions: { contents: read, id-token: write }
  with:
    gitops-repository: \${{ vars.GITOPS_REPOSITORY }}
    manifest: \${{ vars.MANIFEST }}
    service: churn
    namespace: ml
    registry: \${{ vars.ECR_REGISTRY }}
    repository: churn
    digest: ${digest}
    argocd-url: \${{ vars.ARGOCD_URL }}
    application: churn-prod
    kubernetes-server: \${{ vars.KUBERNETES_SERVER }}
    protocol: v1
    request: tests/golden.json
    settle: \${{ vars.SETTLE }}
    interval: \${{ vars.INTERVAL }}
    timeout: \${{ vars.TIMEOUT }}
  secrets:
    gitops-token: \${{ secrets.GITOPS_TOKEN }}
    argocd-token: \${{ secrets.ARGOCD_TOKEN }}
    kubernetes-token: \${{ secrets.KUBERNETES_TOKEN }}
`

describe('mlops-checks.yml alone', () => {
  test('is red when a test fails', async () => {
    const { result } = await alone.call(
      'mlops-checks.yml',
      `
      permissions: { contents: read }
      with: { install: '', lint: python -m compileall -q ., test: python -m unittest tests.missing, scan: '' }
      `,
    )
    expect(result.conclusion).toBe('failure')
  })
})

describe('mlops-train.yml alone', () => {
  test(
    'is red, as a gate, when the model is not good enough, and names run and metrics',
    async () => {
      const run = await alone.call(
        'mlops-train.yml',
        `
      permissions: { contents: read, id-token: write }
      with:
        data: data
        name: churn
        publish-to: \${{ vars.PUBLISH_TO }}
        aws-region: \${{ vars.AWS_REGION }}
        role-to-assume: \${{ vars.AWS_ROLE }}
        kfp-url: \${{ vars.KFP_URL }}
        parameters: image=\${{ vars.TRAINING_IMAGE }}
        gate: accuracy >= 0.99
        interval: \${{ vars.TRAIN_INTERVAL }}
      secrets:
        kfp-token: \${{ secrets.KFP_TOKEN }}
      `,
      )
      expect(run.result.conclusion).toBe('failure')
      expect(stepsOf(run).get('kfp')?.outputs['failure-kind']).toBe('gate')
      const { 'run-id': id, metrics = '', lineage = '' } = outputsOf(run)
      expect([...alone.company.sandbox.kfp.state.runs.values()].map((one) => one.id)).toEqual([id])
      expect(JSON.parse(metrics)).toMatchObject({ accuracy: expect.any(Number) })
      expect(JSON.parse(lineage)).toMatchObject([{ action: 'dvc-push' }, null])
    },
    LONG,
  )

  test(
    'trains by a command on the runner, on the data that was pulled for it, and hands its model on',
    async () => {
      const run = await alone.call(
        'mlops-train.yml',
        `
      permissions: { contents: read, id-token: write }
      with:
        backend: command
        data: data
        pull-data: true
        name: churn
        publish-to: \${{ vars.PUBLISH_TO }}
        aws-region: \${{ vars.AWS_REGION }}
        role-to-assume: \${{ vars.AWS_ROLE }}
        install: test -s data/churn.csv
        command: python train.py --epochs 5
        gate: accuracy >= 0.8
      `,
      )
      expect(run.result.annotations.filter(({ level }) => level === 'error')).toEqual([])
      expect(JSON.parse(outputsOf(run)['metrics'] ?? '')).toMatchObject({ accuracy: expect.any(Number) })
      expect(run.result.log.join('\n')).toContain('Artifact model: 2 files')
    },
    LONG,
  )
})

describe('mlops-package.yml alone', () => {
  test(
    'publishes the model that the commit names, and builds and pushes the image',
    async () => {
      const { sandbox, storageUri } = alone.company
      const run = await alone.call(
        'mlops-package.yml',
        `
      permissions: { contents: read, id-token: write }
      with:
        trained: false
        name: churn
        publish-to: \${{ vars.PUBLISH_TO }}
        registry: \${{ vars.ECR_REGISTRY }}
        repository: churn
        build-args: BASE=\${{ vars.BASE_IMAGE }}
        aws-region: \${{ vars.AWS_REGION }}
        role-to-assume: \${{ vars.AWS_ROLE }}
      `,
      )
      const outputs = outputsOf(run)
      expect(run.result.annotations.filter(({ level }) => level === 'error')).toEqual([])
      expect(outputs['storage-uri']).toBe(storageUri)
      expect(`${outputs['storage-uri']}`).toContain(`/${outputs['model-version']?.replace('.dir', '')}/`)
      const { manifests } = sandbox.ecr.state.registry.repositories.get('churn') ?? {}
      expect([...(manifests?.keys() ?? [])]).toContain(outputs['digest'])
    },
    LONG,
  )
})

describe('mlops-deploy.yml alone', () => {
  let broken: PastRun

  test(
    'puts the previous image back when the new one crashes, and proves that it serves',
    async () => {
      const { company } = alone
      const before = await gitopsHead(company.sandbox)
      await breakServer(company.desk)
      const [, digest = ''] = (await buildImage(company.desk, { ...PUSH_IMAGE, tag: 'broken' })).split('@')
      broken = await alone.call('mlops-deploy.yml', DEPLOY(digest))
      expect(broken.result.conclusion).toBe('failure')
      expect(outputsOf(broken)).toMatchObject({ result: 'rolled-back', 'previous-image': company.image })
      expect(stepsOf(broken).get('restored')?.outputs['serving-image']).toBe(company.image)
      expect(await gitopsHead(company.sandbox)).not.toBe(before)
    },
    LONG,
  )

  test(
    'is green when every ready pod is proven new',
    async () => {
      const { company } = alone
      repairServer(company.desk)
      const [, digest = ''] = (await buildImage(company.desk, { ...PUSH_IMAGE, tag: 'fixed' })).split('@')
      const run = await alone.call('mlops-deploy.yml', DEPLOY(digest))
      expect(run.result.conclusion).toBe('success')
      const head = await gitopsHead(company.sandbox)
      expect(outputsOf(run)).toMatchObject({ result: 'live', 'commit-sha': head })
    },
    LONG,
  )

  test(
    'does not take a newer deployment back when an old run is started again',
    async () => {
      const { sandbox } = alone.company
      const [head, serving] = [await gitopsHead(sandbox), servingImages(sandbox)]
      const run = await alone.again(broken)
      expect([run.result.conclusion, outputsOf(run)['result']]).toEqual(['failure', 'failed'])
      expect(stepsOf(run).get('bump')?.outputs['failure-kind']).toBe('conflict')
      expect([await gitopsHead(sandbox), servingImages(sandbox)]).toEqual([head, serving])
    },
    LONG,
  )
})

test(
  'all parts, called one by one, do what mlops.yml does, and only what has to gets an identity',
  async () => {
    const { company, inbox } = alone
    const heard = inbox.messages.length
    const { result } = await alone.dispatch('mlops-parts.yml')
    expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([])
    const [deploy] = result.jobs.filter(({ id }) => id === 'deploy')
    expect(deploy?.outputs).toMatchObject({ result: 'live', 'commit-sha': await gitopsHead(company.sandbox) })
    expect(inbox.messages.slice(heard)).toEqual([
      expect.stringContaining('churn serves its new version on production.'),
    ])
    const able = result.jobs.filter(
      ({ kind, permissions }) => kind === 'steps' && permissions['id-token'] === 'write',
    )
    expect(able.filter(({ conclusion }) => conclusion !== 'skipped').map(({ id }) => id)).toEqual([
      'train/train',
      'package/package',
      'deploy/deploy',
    ])
  },
  LONG,
)
