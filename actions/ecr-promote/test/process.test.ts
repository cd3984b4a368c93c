import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture, storeImage } from './fixture.ts'

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
