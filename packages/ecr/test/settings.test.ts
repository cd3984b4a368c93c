import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { failureOf } from '../../../test/harness/failure.ts'
import { REPOSITORY, type ScanFixture, startScanFixture } from '../../../test/harness/scans.ts'
import {
  compareRepository,
  createRepository,
  putLifecyclePolicy,
  type RepositorySettings,
} from '../src/index.ts'

const KEY = 'arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555'
const NEW = { name: 'ml/new', account: undefined }
const rule = (rulePriority: number, more: object = {}) => ({
  rulePriority,
  selection: { tagStatus: 'tagged', tagPrefixList: ['a', 'b'], ...more },
  action: { type: 'expire' },
})
const policy = (...rules: object[]) => JSON.stringify({ rules })

let fixture: ScanFixture
beforeEach(async () => {
  fixture = await startScanFixture()
})
afterEach(() => fixture.close())

const create = (settings: RepositorySettings) => createRepository(fixture.world, fixture.ecr, NEW, settings)
const compare = (settings: RepositorySettings, repository = REPOSITORY) =>
  compareRepository(fixture.world, fixture.ecr, repository, settings)
const created = () => fixture.server.state.registry.repositories.get('ml/new')
const deny = (action: string) => fixture.server.state.registry.deny.push({ action })

describe('a repository that is created', () => {
  test('is what was asked for', async () => {
    fixture.server.state.kmsKeys.set('alias/ml', KEY)
    const settings = {
      tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      exclusions: ['latest', 'dev-*'],
      encryption: 'KMS_DSSE',
      kmsKey: 'alias/ml',
      tags: new Map([['team', 'ml']]),
    } as const
    expect(await create(settings)).toBe(true)
    expect(created()).toMatchObject({
      tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      exclusionFilters: ['latest', 'dev-*'],
      encryptionType: 'KMS_DSSE',
      kmsKey: KEY,
      resourceTags: new Map([['team', 'ml']]),
    })
    expect(await create(settings)).toBe(false)
  })

  test("is ECR's default where nothing was", async () => {
    await create({})
    expect(created()).toMatchObject({ tagMutability: 'MUTABLE', encryptionType: 'AES256', kmsKey: undefined })
  })

  const wrong: [string, RepositorySettings, string][] = [
    ['a key that is not there', { encryption: 'KMS', kmsKey: 'alias/no' }, 'Check `kms-key`'],
    ['tags of AWS', { tags: new Map([['aws:x', '']]) }, 'Correct `repository-tags`'],
    [
      'too many tags',
      { tags: new Map(Array.from({ length: 51 }, (_, at) => [`k${at}`, ''])) },
      'Give fewer `repository-tags`',
    ],
    ['filters without exclusion', { tagMutability: 'MUTABLE', exclusions: ['a'] }, 'ECR does not take it'],
  ]
  test.each(wrong)('cannot have %s, whose input is named', async (_name, settings, next) => {
    const { details } = await failureOf(() => create(settings))
    expect(details).toMatchObject({ kind: 'config', on: 'ml/new', next: expect.stringContaining(next) })
    expect(created()).toBeUndefined()
  })

  test.each<[string, RepositorySettings]>([
    ['ecr:CreateRepository', {}],
    ['ecr:TagResource', { tags: new Map([['team', 'ml']]) }],
    ['kms:DescribeKey', { encryption: 'KMS', kmsKey: KEY }],
    ['kms:CreateGrant', { encryption: 'KMS', kmsKey: KEY }],
  ])('takes %s', async (action, settings) => {
    fixture.server.state.kmsKeys.set(KEY, KEY)
    deny(action)
    const { details } = await failureOf(() => create(settings))
    expect(details).toMatchObject({ kind: 'auth', next: expect.stringContaining(`\`${action}\``) })
  })

  test('has its lifecycle policy', async () => {
    await create({})
    await putLifecyclePolicy(fixture.world, fixture.ecr, NEW, policy(rule(1)))
    expect(created()?.lifecyclePolicy).toBe(policy(rule(1)))
  })

  const refused: [string, () => void, string, string, RegExp][] = [
    [
      'that ECR does not take',
      () => {},
      '{"rules":[{}]}',
      'config',
      /^Correct `lifecycle-policy`; then set the policy with `aws ecr put-lifecycle-policy`, or delete the empty repository/,
    ],
    [
      'that the role may not set',
      () => deny('ecr:PutLifecyclePolicy'),
      policy(rule(1)),
      'auth',
      /^Have `ecr:PutLifecyclePolicy` on .*; then set the policy/,
    ],
  ]
  test.each(refused)(
    'is there without a policy %s, and that is said',
    async (_name, prepare, text, kind, next) => {
      await create({})
      prepare()
      const { details } = await failureOf(() => putLifecyclePolicy(fixture.world, fixture.ecr, NEW, text))
      expect(details).toMatchObject({
        kind,
        what: 'The repository was created, but its lifecycle policy was refused',
        next: expect.stringMatching(next),
        retryable: false,
      })
    },
  )

  test('by two at once is created once', async () => {
    const both = await Promise.all([create({}), create({})])
    expect(both.toSorted()).toEqual([false, true])
  })
})

describe('a repository that exists', () => {
  test('is not even looked at where nothing was asked for', async () => {
    expect(await compare({})).toEqual({ differences: [], notes: [] })
    expect(fixture.server.requests).toEqual([])
  })

  test('as it was asked for has no differences, in whatever order', async () => {
    Object.assign(fixture.repository, {
      tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      exclusionFilters: ['latest', 'dev-*'],
      encryptionType: 'KMS',
      kmsKey: KEY,
      lifecyclePolicy: policy(rule(2), rule(1)),
    })
    fixture.repository.resourceTags.set('team', 'ml').set('cost', '7')
    const review = await compare({
      tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      exclusions: ['dev-*', 'latest'],
      encryption: 'KMS',
      kmsKey: KEY.slice(KEY.indexOf('/') + 1),
      tags: new Map([['team', 'ml']]),
      lifecyclePolicy: JSON.stringify(
        { rules: [{ ...rule(1), action: { type: 'expire' } }, rule(2, { tagPrefixList: ['b', 'a'] })] },
        undefined,
        2,
      ),
    })
    expect(review).toEqual({ differences: [], notes: [] })
  })

  test('differs setting by setting, and is left as it is', async () => {
    Object.assign(fixture.repository, { lifecyclePolicy: policy(rule(1)) })
    fixture.repository.resourceTags.set('team', 'infra')
    const before = structuredClone({ ...fixture.repository })
    const review = await compare({
      tagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      exclusions: ['latest'],
      encryption: 'KMS',
      kmsKey: 'alias/ml',
      tags: new Map([
        ['team', 'ml'],
        ['cost', '7'],
      ]),
      lifecyclePolicy: policy(rule(1), rule(2)),
    })
    expect(review?.differences).toEqual([
      { setting: 'tag-mutability', wanted: 'IMMUTABLE_WITH_EXCLUSION (latest)', found: 'MUTABLE' },
      { setting: 'encryption', wanted: 'KMS', found: 'AES256' },
      { setting: 'kms-key', wanted: 'alias/ml', found: 'none' },
      { setting: 'repository-tags', wanted: 'team=ml', found: 'team=infra' },
      { setting: 'repository-tags', wanted: 'cost=7', found: 'no cost' },
      { setting: 'lifecycle-policy', wanted: 'as given', found: 'another one' },
    ])
    expect({ ...fixture.repository }).toEqual(before)
  })

  test('without a lifecycle policy has none', async () => {
    expect((await compare({ lifecyclePolicy: policy(rule(1)) }))?.differences).toEqual([
      { setting: 'lifecycle-policy', wanted: 'as given', found: 'none' },
    ])
  })

  test('with a key of which an alias was given says that nobody knows', async () => {
    Object.assign(fixture.repository, { encryptionType: 'KMS', kmsKey: KEY })
    expect(await compare({ encryption: 'KMS', kmsKey: 'alias/ml' })).toEqual({
      differences: [],
      notes: [`\`kms-key\` could not be compared: alias/ml is an alias, and the repository has ${KEY}`],
    })
  })

  const ALL = {
    tagMutability: 'IMMUTABLE',
    encryption: 'AES256',
    tags: new Map([['team', 'ml']]),
    lifecyclePolicy: policy(rule(1)),
  } as const
  test.each<[action: string, settings: string, differences: string[]]>([
    ['ecr:DescribeRepositories', '`tag-mutability`, `encryption`, `repository-tags`', ['lifecycle-policy']],
    ['ecr:ListTagsForResource', '`repository-tags`', ['tag-mutability', 'lifecycle-policy']],
    ['ecr:GetLifecyclePolicy', '`lifecycle-policy`', ['tag-mutability', 'repository-tags']],
  ])('that one may not %s is compared in the rest', async (action, settings, differences) => {
    deny(action)
    const review = await compare(ALL)
    const said = `${settings} could not be compared: AccessDeniedException: User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform: ${action} on resource: `
    expect(review?.notes).toEqual([expect.stringContaining(said)])
    expect(review?.notes[0]).toContain(`. Have \`${action}\` on arn:aws:ecr:`)
    expect(review?.differences.map(({ setting }) => setting)).toEqual(differences)
  })

  test.each<RepositorySettings>([{ encryption: 'KMS' }, { lifecyclePolicy: policy(rule(1)) }])(
    'cannot be compared by a server that fails: %j',
    async (wanted) => {
      fixture.server.faults.push({ match: () => true, times: 99, respond: { status: 400, body: '{}' } })
      expect((await failureOf(() => compare(wanted))).details.what).toMatch(/^Cannot compare/)
    },
  )
})

test.each<[string, RepositorySettings]>([
  ['settings', { tagMutability: 'IMMUTABLE' }],
  ['a lifecycle policy', { lifecyclePolicy: '{}' }],
])('a repository that does not exist has no %s to compare', async (_name, settings) => {
  expect(await compare(settings, NEW)).toBeUndefined()
  addRepository(fixture.server.state.registry, 'ml/new', 0)
  expect(await compare(settings, NEW)).toMatchObject({ differences: [expect.anything()] })
})
