import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, RETAG_ROLE, startFixture, storeImage } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

describe('a promotion', () => {
  test('goes from one account and region to the other, each with its own role', async () => {
    const { promote, digest, target, source, prod, staging, accounts } = fixture
    const { code, errors, outputs, summary } = await promote()
    expect(errors).toEqual([])
    const { host } = prod.registryServer
    expect({ code, ...outputs }).toMatchObject({
      code: 0,
      digest,
      tag: 'v1',
      tags: '["v1","live"]',
      repository: 'ml/churn',
      registry: host,
      image: `${host}/ml/churn@${digest}`,
      'image-tagged': `${host}/ml/churn:v1`,
      changed: 'true',
    })
    expect([...target.tags]).toEqual([
      ['v1', digest],
      ['live', digest],
    ])
    expect(target.blobs).toEqual(source.blobs)
    expect(summary).toMatch(/^## ✅ `sha256:\w{12}` is promoted to `ml\/churn` as `v1`, `live`/)
    expect(summary).toContain('| copied | 3 | 46 B |')
    expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({
      outcome: 'promoted',
      from: { repository: 'ml/churn', reference: 'v1' },
      tags: [
        { tag: 'v1', before: null, after: digest },
        { tag: 'live', before: null, after: digest },
      ],
      manifests: { copied: 1, there: 0 },
      layers: { copied: { count: 3, bytes: 46 }, mounted: { count: 0 }, there: { count: 0 } },
      'bytes-sent': 46,
    })
    const hosts = [host, fixture.staging.registryServer.host]
    expect(Object.keys(outputs).filter((name) => hosts.some((one) => outputs[name]?.includes(one)))).toEqual([
      'registry',
      'image',
      'image-tagged',
    ])
    expect(JSON.parse(outputs['lineage'] ?? '')).toMatchObject({
      action: 'ecr-promote',
      from: 'ml/churn',
      digest,
      changed: true,
    })
    const rolesOf = (region: string) =>
      new Set(
        accounts.requests
          .filter(({ headers }) => headers['authorization']?.includes(`/${region}/ecr/`))
          .map(({ headers }) => /Credential=(\w+)\//.exec(headers['authorization'] ?? '')?.[1])
          .map((key) => accounts.principals.find(({ accessKeyId }) => accessKeyId === key)?.arn),
      )
    expect(rolesOf('eu-west-1')).toEqual(
      new Set(['arn:aws:sts::111111111111:assumed-role/ml-read/mlops-actions-42']),
    )
    expect(rolesOf('us-east-1')).toEqual(
      new Set(['arn:aws:sts::222222222222:assumed-role/ml-promote/mlops-actions-42']),
    )
    expect(staging.registryServer.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  test('again does the work once: the same outputs, and nothing is changed', async () => {
    const first = await fixture.promote()
    const asked = fixture.prod.registryServer.requests.length
    const { code, outputs, summary } = await fixture.promote()
    expect({ code, changed: outputs['changed'], image: outputs['image'] }).toEqual({
      code: 0,
      changed: 'false',
      image: first.outputs['image'],
    })
    expect(summary).toMatch(/^## ✅ `ml\/churn` already had `sha256:/)
    expect(fixture.prod.registryServer.requests.length).toBe(asked)
  })

  test('shows no token and no key', async () => {
    const { stdout, stderr, outputs, summary, masks } = await fixture.promote()
    const sent = fixture.prod.registryServer.requests.map(({ headers }) => headers['authorization'] ?? '')
    const token = sent[0]?.replace('Basic ', '') ?? ''
    const password = atob(token).replace('AWS:', '')
    expect(masks).toEqual(expect.arrayContaining([token, password]))
    const said = stdout
      .split('\n')
      .filter((line) => !line.startsWith('::add-mask::'))
      .join('\n')
    for (const text of [said, stderr, summary, JSON.stringify(outputs)]) {
      for (const { secretAccessKey, sessionToken = '' } of fixture.accounts.principals)
        expect([token, password, secretAccessKey, sessionToken].some((secret) => text.includes(secret))).toBe(
          false,
        )
    }
  })

  test('within one repository is a tag, and the default is that repository', async () => {
    const { promote, source, digest, staging } = fixture
    const region = { 'source-aws-region': 'eu-west-1', 'aws-region': 'eu-west-1' }
    const { code, outputs, summary } = await promote({
      ...region,
      registry: '',
      tags: 'live',
      'source-role-to-assume': '',
      'role-to-assume': RETAG_ROLE,
    })
    expect({ code, changed: outputs['changed'], live: source.tags.get('live') }).toEqual({
      code: 0,
      changed: 'true',
      live: digest,
    })
    expect(summary).toContain('the same repository: no layer had to be copied')
    expect(staging.registryServer.requests).toEqual([])
  })

  test('that is only tried says what it would do, and does nothing', async () => {
    const { promote, target, digest } = fixture
    const old = storeImage(target, 'live', ['old'])
    const { code, outputs, summary } = await promote({ 'dry-run': 'true' })
    expect({ code, changed: outputs['changed'], digest: outputs['digest'] }).toEqual({
      code: 0,
      changed: 'false',
      digest,
    })
    expect(summary).toMatch(/nothing was promoted \(dry run\)/)
    expect(summary).toContain('2 layers of 9 B and 1 manifest would be copied')
    expect(summary).toContain(`| \`live\` | \`${old.slice(0, 19)}\` | **\`${digest.slice(0, 19)}\`** |`)
    expect([...target.tags]).toEqual([['live', old]])
    expect(fixture.prod.registryServer.requests).toEqual([])
  })
})

describe('a failure', () => {
  test('of an immutable tag has both digests, and leaves the free tags free', async () => {
    const { promote, target, digest } = fixture
    target.tagMutability = 'IMMUTABLE'
    const old = storeImage(target, 'live', ['old'])
    const { code, outputs, summary, errors } = await promote()
    expect({ code, kind: outputs['failure-kind'], retryable: outputs['retryable'] }).toEqual({
      code: 1,
      kind: 'conflict',
      retryable: 'false',
    })
    expect(errors[0]?.message).toContain(`it is ${old}; promoted is ${digest}`)
    expect(summary).toContain('`ml/churn` is as it was')
    expect(summary).toContain('| `v1` | nothing, as before |')
    expect(summary).toContain(`| \`live\` | \`${old.slice(0, 19)}\`, as before |`)
    expect(outputs).toMatchObject({ digest, repository: 'ml/churn' })
  })

  test('between two tags says which of them is set', async () => {
    const { promote, target } = fixture
    const [one, two] = [storeImage(target, 'v1', ['one']), storeImage(target, 'live', ['two'])]
    target.tagMutability = 'IMMUTABLE_WITH_EXCLUSION'
    target.exclusionFilters = ['v*']
    const { summary, outputs } = await promote()
    expect(outputs['failure-kind']).toBe('conflict')
    expect(summary).toContain('has only some of the tags')
    expect(summary).toContain('| `v1` | **the promoted image** |')
    expect(summary).toContain(`| \`live\` | \`${two.slice(0, 19)}\`, as before |`)
    expect(target.tags.get('v1')).not.toBe(one)
  })

  test('of a platform that is missing comes before anything is copied', async () => {
    const { promote, target } = fixture
    const { outputs, errors } = await promote({ platforms: 'linux/amd64,linux/arm64' })
    expect(outputs['failure-kind']).toBe('gate')
    expect(errors[0]?.message).toContain('linux/arm64 is missing; it is for linux/amd64')
    expect([target.tags.size, target.blobs.size]).toEqual([0, 0])
  })

  test('of a role that may not write names the role and the right', async () => {
    fixture.prod.state.registry.deny.push({ action: 'ecr:UploadLayerPart' })
    const { outputs, errors } = await fixture.promote()
    expect(outputs['failure-kind']).toBe('auth')
    expect(errors[0]?.message).toContain(
      'Do: Allow arn:aws:sts::222222222222:assumed-role/ml-promote/mlops-actions-42 `ecr:UploadLayerPart`',
    )
  })
})

test('a cancelled promotion ends at once, with nothing tagged', async () => {
  const { prod, target, promote } = fixture
  const begun = Promise.withResolvers<void>()
  prod.registryServer.faults.push({
    match: ({ method }) => {
      if (method === 'PATCH') begun.resolve()
      return method === 'PATCH'
    },
    times: 99,
    respond: 'hang',
  })
  const { code, outputs, endedAfter = 0 } = await promote({}, { cancelWhen: () => begun.promise })
  expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 130, kind: 'cancelled' })
  expect(endedAfter).toBeLessThan(5_000)
  expect([target.tags.size, target.manifests.size]).toEqual([0, 0])
})
