import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type EcrPublicServer, startEcrPublic } from '@mlops-actions/sandbox/ecr-public'
import { addRepository, type EcrRepository } from '@mlops-actions/sandbox/registry'
import { type Fixture, startFixture } from './fixture.ts'

type Values = Readonly<Record<string, string>>

const WHO = 'User: arn:aws:iam::123456789012:user/sandbox'
const CREATED = { repository: 'a1b2c3d4/ml/new', 'create-repository': 'true' }
const TAGGED = { 'create-repository': 'true', 'repository-tags': 'team=ml' }

/** What the step cannot do without, each where it is asked for. */
const NEEDED: Readonly<Record<string, Values>> = {
  'ecr-public:GetAuthorizationToken': {},
  'sts:GetServiceBearerToken': {},
  'ecr-public:DescribeRepositories': {},
  'ecr-public:BatchCheckLayerAvailability': {},
  'ecr-public:InitiateLayerUpload': {},
  'ecr-public:UploadLayerPart': {},
  'ecr-public:CompleteLayerUpload': {},
  'ecr-public:PutImage': {},
  'ecr-public:CreateRepository': CREATED,
  'ecr-public:TagResource': { ...TAGGED, ...CREATED },
}
/** What may be left away. */
const OPTIONAL: Readonly<Record<string, Values>> = {
  'ecr-public:DescribeImages': {},
  'ecr-public:ListTagsForResource': TAGGED,
}

let fixture: Fixture
let gallery: EcrPublicServer
let repository: EcrRepository
beforeEach(async () => {
  ;[fixture, gallery] = await Promise.all([startFixture(), startEcrPublic()])
  repository = addRepository(gallery.state.registry, 'a1b2c3d4/ml/churn', Date.now())
})
afterEach(async () => {
  await Promise.all([fixture.close(), gallery.close()])
})

/** Of ECR's own API there is nothing to be asked. */
const push = (inputs: Values = {}, env: Values = {}) =>
  fixture.push(
    { registry: 'public.ecr.aws', repository: 'a1b2c3d4/ml/churn', ...inputs },
    {
      AWS_ENDPOINT_URL_ECR_PUBLIC: gallery.url,
      AWS_ENDPOINT_URL_ECR: 'http://127.0.0.1:1',
      AWS_REGION: 'eu-west-1',
      ...env,
    },
  )

describe('an image for ECR Public', () => {
  test('is built, pushed and seen in its registry', async () => {
    const { failure, outputs } = await push({ tags: 'v1,latest' })
    expect(failure).toBeUndefined()
    const { host } = gallery.registryServer
    const digest = repository.tags.get('v1')
    expect(repository.tags.get('latest')).toBe(digest)
    expect(outputs).toMatchObject({
      digest,
      repository: 'a1b2c3d4/ml/churn',
      registry: host,
      image: `${host}/a1b2c3d4/ml/churn@${digest}`,
      'image-tagged': `${host}/a1b2c3d4/ml/churn:v1`,
      changed: 'true',
      'cache-hit': 'false',
    })
  })

  test('takes one token for docker and one for looking, however many tags it has', async () => {
    await push({ tags: 'a,b,c,d,e,f,g,h' })
    const tokens = gallery.requests.filter(({ headers }) =>
      headers['x-amz-target']?.endsWith('.GetAuthorizationToken'),
    )
    expect(tokens).toHaveLength(2)
  })

  test('again is reused: its tags are set by the API, and nothing is built', async () => {
    const first = await push()
    const calls = (await fixture.calls()).words
    const second = await push({ tags: 'v2' })
    expect(second.failure).toBeUndefined()
    expect(second.outputs).toMatchObject({
      'cache-hit': 'true',
      changed: 'true',
      digest: first.outputs['digest'],
    })
    expect(repository.tags.get('v2')).toBe(first.outputs['digest'])
    expect((await fixture.calls()).words).toBe(calls)
  })

  test('again changes nothing', async () => {
    await push()
    expect((await push()).outputs).toMatchObject({ changed: 'false' })
  })

  test('moves a tag that another image has, since none is immutable there', async () => {
    const first = await push()
    await fixture.write({ 'model.txt': 'other weights' })
    const { outputs } = await push()
    expect(outputs['changed']).toBe('true')
    expect(outputs['digest']).not.toBe(first.outputs['digest'])
    expect(repository.tags.get('v1')).toBe(outputs['digest'])
  })

  test('may not be bigger than it may be', async () => {
    expect((await push({ 'max-size': '1B' })).failure).toMatchObject({ kind: 'gate', code: 'IMAGE_TOO_BIG' })
  })

  test('is pushed by its digest alone, by a builder that can', async () => {
    const { failure, outputs } = await push({ tags: '', 'push-by-digest': 'true', builder: 'native' })
    expect(failure).toBeUndefined()
    expect(repository.manifests.has(outputs['digest'] ?? '')).toBe(true)
  })

  test('goes where the repository is created for it, with its tags', async () => {
    const given = {
      repository: 'a1b2c3d4/ml/new',
      'create-repository': 'true',
      'repository-tags': 'team=churn',
    }
    const { failure, log } = await push(given)
    expect(failure).toBeUndefined()
    expect(log).toContain('Created the repository a1b2c3d4/ml/new')
    const created = gallery.state.registry.repositories.get('a1b2c3d4/ml/new')
    expect([...(created?.resourceTags ?? [])]).toEqual([['team', 'churn']])
    const again = await push({ ...given, 'repository-tags': 'team=other' })
    expect(again.log).toContain('`repository-tags` asks for team=other, it has team=churn')
  })

  test('is a plan in a dry run, and nothing is there afterwards', async () => {
    const { failure } = await push({
      repository: 'a1b2c3d4/ml/new',
      'create-repository': 'true',
      'dry-run': 'true',
    })
    expect(failure).toBeUndefined()
    expect(gallery.state.registry.repositories.has('a1b2c3d4/ml/new')).toBe(false)
  })

  test('has a token that no log and no argument shows', async () => {
    const { world, log } = await push()
    const [password = ''] = gallery.state.registry.sessions.keys()
    expect(world.secrets).toContain(password)
    expect(log).not.toContain(password)
    expect((await fixture.calls()).words).not.toContain(password)
  })
})

describe('what refuses is named', () => {
  test('a repository that is not there', async () => {
    const { failure } = await push({ repository: 'a1b2c3d4/ml/no' })
    expect(failure).toMatchObject({
      kind: 'not-found',
      code: 'ECR_NO_REPOSITORY',
      details: {
        on: 'public.ecr.aws/a1b2c3d4/ml/no',
        next: expect.stringContaining('create-repository: true'),
      },
    })
  })

  test('every right of the table of permissions is refused here once', () => {
    const text = readFileSync(join(import.meta.dirname, '../action.yml'), 'utf8')
    const asked = [...text.matchAll(/^# - AWS (.*?) on .*ECR Public/gm)].flatMap(
      ([, names = '']) => names.match(/[\w-]+:\w+/g) ?? [],
    )
    const played = [...Object.keys(NEEDED), ...Object.keys(OPTIONAL)]
    expect(played.toSorted()).toEqual([...new Set(asked)].toSorted())
  })

  test.each(Object.entries(NEEDED))('the right %s', async (action, inputs) => {
    gallery.state.registry.deny.push({ action })
    const { failure } = await push(inputs)
    expect(failure?.kind).toBe('auth')
    expect(failure?.details.next).toContain(`\`${action}\``)
    expect(failure?.message).not.toMatch(/\becr:/)
    expect(failure?.message).toContain(WHO)
  })

  test.each(Object.entries(OPTIONAL))(
    'but without %s the step goes on, and names it and the role',
    async (action, inputs) => {
      await push()
      gallery.state.registry.deny.push({ action })
      const { failure, log, summary } = await push({ tags: 'v2', ...inputs })
      expect(failure).toBeUndefined()
      expect(log).toContain(`\`${action}\``)
      expect(log).toContain(WHO)
      expect(`${log}${summary}`).not.toMatch(/\becr:/)
    },
  )

  test('and without the right to see the age of an image everything is built', async () => {
    await push()
    gallery.state.registry.deny.push({ action: 'ecr-public:DescribeImages' })
    expect((await push({ tags: 'v2' })).outputs['cache-hit']).toBe('false')
  })

  const SETTING = 'is a setting that repositories of ECR Public do not have'
  const CASES: [Values, string][] = [
    [{ repository: 'churn' }, 'repository: begins with the alias of your registry where that is ECR Public'],
    [{ 'aws-region': 'eu-west-1' }, 'aws-region: is eu-west-1, but ECR Public is in us-east-1 only'],
    [{ mode: 'merge', digests: `sha256:${'0'.repeat(64)}` }, 'mode: merge reads images by a call that ECR Public does not have'],
    [{ scan: 'wait' }, 'scan: waits for a scan, and ECR Public scans nothing'],
    [{ 'create-repository': 'true', 'tag-mutability': 'IMMUTABLE' }, `tag-mutability: ${SETTING}`],
    [{ 'create-repository': 'true', encryption: 'KMS', 'kms-key': 'alias/x' }, `encryption: ${SETTING}\nkms-key: ${SETTING}`],
    [{ 'create-repository': 'true', 'lifecycle-policy': '{"rules":[{}]}' }, `lifecycle-policy: ${SETTING}`],
  ] // biome-ignore format: a table
  test.each(CASES)('%j', async (given, says) => {
    const { failure } = await push(given)
    expect(failure?.kind).toBe('config')
    expect(failure?.message).toContain(says)
    expect(gallery.requests).toHaveLength(0)
  })

  test('us-east-1 may be said', async () => {
    expect((await push({ 'aws-region': 'us-east-1' })).failure).toBeUndefined()
  })
})
