import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startIdentity } from '@mlops-actions/sandbox/identity'
import { type Fixture, startFixture } from './fixture.ts'

type Given = Readonly<Record<string, string>>

/** Who is refused, as AWS names it. */
const WHO = 'arn:aws:iam::123456789012:user/sandbox'
const POLICY = '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any"},"action":{"type":"expire"}}]}'
const CREATED = { repository: 'ml/none', 'create-repository': 'true' }
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555'
const ENCRYPTED = { ...CREATED, encryption: 'KMS', 'kms-key': 'alias/ml' }
const COMPARED = { 'create-repository': 'true', 'repository-tags': 'team=ml', 'lifecycle-policy': POLICY }

/** What the step cannot do without, each where it is asked for. */
const NEEDED: Readonly<Record<string, Given>> = {
  'ecr:GetAuthorizationToken': {},
  'ecr:BatchGetImage': {},
  'ecr:BatchCheckLayerAvailability': {},
  'ecr:InitiateLayerUpload': {},
  'ecr:UploadLayerPart': {},
  'ecr:CompleteLayerUpload': {},
  'ecr:PutImage': {},
  'ecr:GetDownloadUrlForLayer': { file: 'Based.Dockerfile' },
  'ecr:DescribeImageScanFindings': { scan: 'wait' },
  'inspector2:ListCoverage': { scan: 'wait' },
  'inspector2:ListFindings': { scan: 'wait' },
  'ecr:CreateRepository': CREATED,
  'ecr:TagResource': { ...CREATED, 'repository-tags': 'team=ml' },
  'kms:CreateGrant': ENCRYPTED,
  'kms:DescribeKey': ENCRYPTED,
  'ecr:PutLifecyclePolicy': { ...CREATED, 'lifecycle-policy': POLICY },
}
/** What may be left away: the step goes on, and says what it did not do. */
const OPTIONAL: Readonly<Record<string, Given>> = {
  'ecr:DescribeImages': { reuse: 'true' },
  'ecr:DescribeRepositories': COMPARED,
  'ecr:GetLifecyclePolicy': COMPARED,
  'ecr:ListTagsForResource': COMPARED,
}
/** Played in public.story.test.ts. */
const OF_ECR_PUBLIC = /^(?:ecr-public:|sts:GetServiceBearerToken$)/

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
  const { host } = fixture.ecr.registryServer
  await fixture.write({ 'Based.Dockerfile': `FROM ${host}/ml/churn:base\nCOPY model.txt /\n` })
  expect((await fixture.push({ tags: 'base' })).failure).toBeUndefined()
  await fixture.write({ 'model.txt': 'other weights' })
  fixture.repository.scanOnPush = true
  fixture.ecr.state.kmsKeys.set('alias/ml', KEY)
})
afterEach(() => fixture.close())

test('every right of the table of permissions is refused here once', () => {
  const text = readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8')
  const asked = [...text.matchAll(/^# - AWS (.*?) on /gm)].flatMap(
    ([, names = '']) => names.match(/[\w-]+:\w+/g) ?? [],
  )
  const played = [...Object.keys(NEEDED), ...Object.keys(OPTIONAL)]
  const here = asked.filter((name) => !OF_ECR_PUBLIC.test(name))
  expect(played.toSorted()).toEqual([...new Set(here)].toSorted())
})

test.each(Object.entries(NEEDED))('a role that lacks %s is named with it', async (action, given) => {
  if (action.startsWith('inspector2:')) fixture.ecr.state.scanner.mode = 'ENHANCED'
  fixture.ecr.state.registry.deny.push({ action })
  const { failure } = await fixture.push(given)
  expect(failure?.kind).toBe('auth')
  expect(failure?.details.next).toContain(`\`${action}\``)
  expect(failure?.message).toContain(WHO)
})

test.each(Object.entries(OPTIONAL))(
  'without %s the step goes on, and names it and the role',
  async (action, given) => {
    await fixture.write({ 'model.txt': 'weights' })
    fixture.ecr.state.registry.deny.push({ action })
    const { failure, log, outputs } = await fixture.push(given)
    expect(failure).toBeUndefined()
    const said = `${log}${outputs['report']}`
    expect(said).toContain(`\`${action}\``)
    expect(said).toContain(WHO)
  },
)

describe('a role that cannot be assumed is named with its trust, not with a right on the image:', () => {
  const ROLE = 'arn:aws:iam::123456789012:role/ml-push'
  const CASES = [
    ['its trust policy refuses', 'ml-other', 'sts.amazonaws.com', '`sts:AssumeRoleWithWebIdentity`'],
    ['the account has no fitting OIDC provider', 'ml-push', 'sigstore', 'Add the identity provider https://token.actions.githubusercontent.com'],
  ] as const // biome-ignore format: a table
  test.each(CASES)('%s', async (_, trusted, audience, next) => {
    const { state } = fixture.ecr
    const identity = await startIdentity({
      roleArn: `arn:aws:iam::123456789012:role/${trusted}`,
      repository: 'octo/churn',
      audience,
      admit: (principal) => state.principals.push(principal),
      now: Date.now,
    })
    const { failure, outputs } = await fixture.push(
      { 'role-to-assume': ROLE },
      {
        AWS_ENDPOINT_URL_STS: identity.stsUrl,
        ACTIONS_ID_TOKEN_REQUEST_URL: identity.idToken.url,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: identity.idToken.token,
      },
    )
    await identity.close()
    expect(outputs).toMatchObject({ 'failure-kind': 'auth', retryable: 'false' })
    expect(failure?.details).toMatchObject({ on: ROLE, next: expect.stringContaining(next) })
    expect(failure?.message).not.toContain('ecr:')
  })
})
