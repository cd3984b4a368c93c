import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { EndedStep } from '../../../test/harness/step.ts'
import { type Fixture, startFixture } from './fixture.ts'

/** Outputs without which an image of another account cannot be named; the READMEs say that the runner may drop them. */
const OF_THE_HOST = ['image', 'image-tagged', 'registry']
const ACCOUNT = '123456789012'
const ECR = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com`

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

function holding(text: string, { outputs }: EndedStep): readonly string[] {
  return Object.keys(outputs)
    .filter((name) => outputs[name]?.includes(text))
    .toSorted()
}

describe('the host of the registry, which holds the account id, stands in no other output than `image`, `image-tagged` and `registry`', () => {
  test('of an image that is built, and of one that is reused', async () => {
    const { host } = fixture.ecr.registryServer
    const built = await fixture.push({ tags: 'v1,latest' })
    const reused = await fixture.push({ tags: 'v2' })
    expect([built.outputs['changed'], reused.outputs['cache-hit']]).toEqual(['true', 'true'])
    for (const step of [built, reused]) expect(holding(host, step)).toEqual(OF_THE_HOST)
  })

  test('of a reused image that a gate keeps from its tags', async () => {
    await fixture.push()
    const { host } = fixture.ecr.registryServer
    fixture.repository.scanOnPush = true
    fixture.ecr.state.scanner.findings = [
      { name: 'CVE-1', severity: 'CRITICAL', packageName: 'openssl', packageVersion: '3.0' },
    ]
    const step = await fixture.push({ tags: 'v2', scan: 'wait', 'fail-on-severity': 'HIGH' })
    expect(step.failure?.kind).toBe('gate')
    expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({ outcome: 'refused' })
    expect(holding(host, step)).toEqual(['image', 'registry'])
  })

  test('of a merge', async () => {
    const { host } = fixture.ecr.registryServer
    const part = await fixture.push({ tags: '', 'push-by-digest': 'true', builder: 'native' })
    const step = await fixture.push({ mode: 'merge', digests: part.outputs['digest'] ?? '', tags: 'v1' })
    expect(step.failure).toBeUndefined()
    expect(holding(host, step)).toEqual(OF_THE_HOST)
  })
})

describe('the account id stands in no report', () => {
  test('of a dry run, whose commands and base images name hosts', async () => {
    await fixture.push({ tags: 'base' })
    await fixture.write({ Dockerfile: `FROM ${ECR}/ml/churn:base\nCOPY model.txt /more/\n` })
    const step = await fixture.push({ registry: ECR, 'dry-run': 'true' })
    expect(step.failure).toBeUndefined()
    const { commands, reuse } = JSON.parse(step.outputs['report'] ?? '')
    expect(reuse.key.bases).toEqual([
      {
        name: '….dkr.ecr.us-east-1.amazonaws.com/ml/churn:base',
        digest: fixture.repository.tags.get('base'),
      },
    ])
    expect(commands[0]).toContainEqual(expect.stringContaining('….dkr.ecr.us-east-1.amazonaws.com/ml/churn'))
    expect(holding(ACCOUNT, step)).toEqual(['registry'])
  })

  test('that says why a setting could not be compared', async () => {
    fixture.ecr.state.registry.deny.push({ action: 'ecr:DescribeRepositories' })
    const step = await fixture.push({ 'create-repository': 'true', 'tag-mutability': 'IMMUTABLE' })
    expect(step.failure).toBeUndefined()
    expect(step.outputs['report']).toContain('User: arn:aws:iam::…:user/sandbox')
    expect(holding(ACCOUNT, step)).toEqual([])
  })

  test('of a build that failed', async () => {
    await fixture.write({ Dockerfile: `FROM ${ECR}/ml/none:1\nCOPY model.txt /\n` })
    const step = await fixture.push({ registry: ECR, reuse: 'false' })
    expect(step.failure?.details.report).toMatchObject({ outcome: 'failed' })
    expect(step.outputs['report']).toContain('….dkr.ecr.us-east-1.amazonaws.com/ml/none:1')
    expect(holding(ACCOUNT, step)).toEqual(['registry'])
  })
})
