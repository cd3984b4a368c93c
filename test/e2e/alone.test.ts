import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { gitopsHead } from '../demo/cluster.ts'
import { buildImage } from '../demo/images.ts'
import { breakServer, repairServer } from '../demo/product.ts'
import { type Alone, openAlone, stepsOf } from './alone.ts'

let alone: Alone

beforeAll(async () => {
  alone = await openAlone()
})
afterAll(async () => {
  await alone.close()
})

const PUSH_IMAGE = { repository: 'churn', dockerfile: 'Dockerfile' }

const DEPLOY = (digest: string): string => `
  permissions: { contents: read }
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

function outputsOf(result: Awaited<ReturnType<Alone['call']>>): Readonly<Record<string, string>> {
  return result.jobs.find(({ id }) => id === 'call')?.outputs ?? {}
}

describe('mlops-checks.yml alone', () => {
  const checks = (test: string): string => `
    permissions: { contents: read }
    with: { install: '', lint: python -m compileall -q ., test: '${test}', scan: '' }
  `
  test('needs no more than to read the code, and passes', async () => {
    const result = await alone.call('mlops-checks.yml', checks('python -m unittest'))
    expect(result.conclusion).toBe('success')
    expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('is red when a test fails', async () => {
    const result = await alone.call('mlops-checks.yml', checks('python -m unittest tests.missing'))
    expect(result.conclusion).toBe('failure')
  })
})

describe('mlops-train.yml alone', () => {
  const train = (gate: string): string => `
    permissions: { contents: read, id-token: write }
    with:
      data: data
      name: churn
      publish-to: \${{ vars.PUBLISH_TO }}
      aws-region: \${{ vars.AWS_REGION }}
      role-to-assume: \${{ vars.AWS_ROLE }}
      kfp-url: \${{ vars.KFP_URL }}
      parameters: image=\${{ vars.TRAINING_IMAGE }}
      gate: ${gate}
      interval: \${{ vars.TRAIN_INTERVAL }}
    secrets:
      kfp-token: \${{ secrets.KFP_TOKEN }}
  `
  test('trains on the data that the commit names, and hands metrics and run on', async () => {
    const result = await alone.call('mlops-train.yml', train('accuracy >= 0.8'))
    const outputs = outputsOf(result)
    expect(result.conclusion).toBe('success')
    expect(JSON.parse(outputs['metrics'] ?? '')).toMatchObject({ accuracy: expect.any(Number) })
    const { state } = alone.company.sandbox.kfp
    expect([...state.runs.values()].map(({ id }) => id)).toEqual([outputs['run-id']])
  })

  test('is red, as a gate, when the model is not good enough', async () => {
    const result = await alone.call('mlops-train.yml', train('accuracy >= 0.99'))
    expect(result.conclusion).toBe('failure')
    expect(stepsOf(result).get('kfp')?.outputs['failure-kind']).toBe('gate')
  })
})

describe('mlops-package.yml alone', () => {
  test('publishes the model that the commit names, and builds and pushes the image', async () => {
    const { sandbox, storageUri } = alone.company
    const result = await alone.call(
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
    const outputs = outputsOf(result)
    expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(outputs['storage-uri']).toBe(storageUri)
    const { manifests } = sandbox.ecr.state.registry.repositories.get('churn') ?? {}
    expect([...(manifests?.keys() ?? [])]).toContain(outputs['digest'])
  })
})

describe('mlops-deploy.yml alone', () => {
  test('puts the previous image back when the new one crashes, and proves that it serves', async () => {
    const { company } = alone
    const before = await gitopsHead(company.sandbox)
    await breakServer(company.desk)
    const [, digest = ''] = (await buildImage(company.desk, { ...PUSH_IMAGE, tag: 'broken' })).split('@')
    const result = await alone.call('mlops-deploy.yml', DEPLOY(digest))
    expect(result.conclusion).toBe('failure')
    expect(outputsOf(result)).toMatchObject({ result: 'rolled-back', 'previous-image': company.image })
    expect(stepsOf(result).get('restored')?.outputs['serving-image']).toBe(company.image)
    expect(await gitopsHead(company.sandbox)).not.toBe(before)
  })

  test('is green when every ready pod is proven new', async () => {
    const { company } = alone
    repairServer(company.desk)
    const [, digest = ''] = (await buildImage(company.desk, { ...PUSH_IMAGE, tag: 'fixed' })).split('@')
    const result = await alone.call('mlops-deploy.yml', DEPLOY(digest))
    expect(result.conclusion).toBe('success')
    expect(outputsOf(result)).toMatchObject({
      result: 'live',
      'commit-sha': await gitopsHead(company.sandbox),
    })
  })
})
