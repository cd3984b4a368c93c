import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addRepository } from '@mlops-actions/sandbox/registry'
import type { PolicyDocument } from '@mlops-actions/sandbox/s3'
import { only, readmePolicy, rewritten } from '../../../test/harness/readme-policy.ts'
import type { EndedStep } from '../../../test/harness/step.ts'
import { type Fixture, startFixture } from './fixture.ts'

/** As it stands in the README; the fixture's region is another one. */
const POLICY = rewritten(readmePolicy('ecr-build-push', 'Token'), 'eu-west-1', 'us-east-1')
const ALWAYS = ['Token', 'Push']
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef'
const LIFECYCLE =
  '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":9},"action":{"type":"expire"}}]}'

interface Feature {
  /** The statements that it takes; `Token` and `Push` besides, which every push does. */
  readonly sids: readonly string[]
  /** As an administrator. */
  readonly before?: () => void | Promise<void>
  readonly push: () => Promise<EndedStep>
  /** Whether it was had. */
  readonly had: (step: EndedStep) => boolean
}

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
  fixture.ecr.state.kmsKeys.set('alias/ml', KEY)
})
afterEach(() => fixture.close())

function obey(policy: PolicyDocument | undefined): void {
  const { principals } = fixture.ecr.state
  const [{ policy: _before, ...principal } = { arn: '', accessKeyId: '', secretAccessKey: '' }] = principals
  principals.splice(0, 1, { ...principal, ...(policy === undefined ? {} : { policy }) })
}

const removeRepository = (): void => {
  fixture.ecr.state.registry.repositories.delete('ml/churn')
}

/** `ml/base:1`, with the image that the fixture's Dockerfile makes. */
async function addBase(): Promise<void> {
  expect((await fixture.push({ tags: '1' })).failure).toBeUndefined()
  const base = addRepository(fixture.ecr.state.registry, 'ml/base', Date.now())
  for (const [digest, blob] of fixture.repository.blobs) base.blobs.set(digest, blob)
  for (const [digest, manifest] of fixture.repository.manifests) base.manifests.set(digest, manifest)
  base.tags.set('1', fixture.repository.tags.get('1') ?? '')
  const { host } = fixture.ecr.registryServer
  await fixture.write({ Dockerfile: `FROM ${host}/ml/base:1\nCOPY model.txt /more/\n` })
}

let parts = ''
const FEATURES: Readonly<Record<string, Feature>> = {
  'an image that is built': {
    sids: ALWAYS,
    push: () => fixture.push(),
    had: () => fixture.repository.tags.has('v1'),
  },
  'an image that is reused': {
    sids: ['Reuse'],
    before: async () => {
      await fixture.push()
    },
    push: () => fixture.push({ tags: 'v2' }),
    had: ({ outputs }) => outputs['cache-hit'] === 'true',
  },
  'a base image of another repository': {
    sids: ['BasesAndCaches'],
    before: addBase,
    push: () => fixture.push(),
    had: () => fixture.repository.tags.has('v1'),
  },
  'a merge': {
    sids: ['Merge'],
    before: async () => {
      const { outputs } = await fixture.push({ tags: '', 'push-by-digest': 'true', builder: 'native' })
      parts = outputs['digest'] ?? ''
    },
    push: () => fixture.push({ mode: 'merge', digests: parts }),
    had: () => fixture.repository.tags.has('v1'),
  },
  'a basic scan': {
    sids: ['Scan'],
    before: () => {
      fixture.repository.scanOnPush = true
    },
    push: () => fixture.push({ scan: 'wait', 'fail-on-severity': 'CRITICAL' }),
    had: ({ outputs }) => outputs['scan-status'] === 'passed',
  },
  'an enhanced scan': {
    sids: ['Scan', 'EnhancedScan'],
    before: () => {
      fixture.ecr.state.scanner.mode = 'ENHANCED'
    },
    push: () => fixture.push({ scan: 'wait', 'fail-on-severity': 'CRITICAL' }),
    had: ({ outputs }) => outputs['scan-status'] === 'passed',
  },
  'a repository that is created': {
    sids: ['CreateRepository', 'KeyOfACreatedRepository'],
    before: removeRepository,
    push: () =>
      fixture.push({
        'create-repository': 'true',
        encryption: 'KMS',
        'kms-key': 'alias/ml',
        'repository-tags': 'team=ml',
        'lifecycle-policy': LIFECYCLE,
      }),
    had: () => fixture.ecr.state.registry.repositories.get('ml/churn')?.kmsKey === KEY,
  },
  'settings that are compared': {
    sids: ['CompareRepository'],
    push: () =>
      fixture.push({
        'create-repository': 'true',
        'repository-tags': 'team=ml',
        'lifecycle-policy': LIFECYCLE,
      }),
    had: ({ log }) => !log.includes('could not be compared'),
  },
}

describe.each(Object.entries(FEATURES))('%s', (_feature, { sids, before, push, had }) => {
  test('is had with the statements of the README that are for it, and no other', async () => {
    await before?.()
    obey(only(POLICY, [...ALWAYS, ...sids]))
    const step = await push()
    expect(step.failure).toBeUndefined()
    expect(had(step)).toBe(true)
  })

  test.each(sids)('is not had without %s, and what is missing is named', async (sid) => {
    await before?.()
    obey(
      only(
        POLICY,
        POLICY.Statement.map(({ Sid = '' }) => Sid).filter((one) => one !== sid),
      ),
    )
    const step = await push()
    expect(step.failure === undefined && had(step)).toBe(false)
    const actions = only(POLICY, [sid]).Statement.flatMap(({ Action }) => Action)
    const said = `${step.failure?.message} ${step.log}`
    expect(actions.some((action) => said.includes(`\`${action}\``))).toBe(true)
  })
})

test('every statement of the policy is for something', () => {
  const used = new Set([...ALWAYS, ...Object.values(FEATURES).flatMap(({ sids }) => sids)])
  expect(POLICY.Statement.map(({ Sid = '' }) => Sid).toSorted()).toEqual([...used].toSorted())
})

test('the policy opens no other repository', async () => {
  addRepository(fixture.ecr.state.registry, 'ml/other', Date.now())
  obey(POLICY)
  const { failure } = await fixture.push({ repository: 'ml/other' })
  expect(failure?.kind).toBe('auth')
})
