import { describe, expect, test } from '@jest/globals'
import { HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { inputs } from '../src/inputs.ts'

const STAGING = '111111111111.dkr.ecr.eu-west-1.amazonaws.com'
const PROD = '222222222222.dkr.ecr.us-east-1.amazonaws.com'
const DIGEST = `sha256:${'a1'.repeat(32)}`
const GIVEN = { image: `${STAGING}/ml/churn:v1`, tags: 'live' }

function read(given: Record<string, string> = {}) {
  const all: Record<string, string> = { ...GIVEN, ...given }
  return inputs.read(
    (name) => all[name] ?? '',
    () => {},
    Object.keys(all),
  )
}

function messageOf(given: Record<string, string>): string {
  try {
    read(given)
    return ''
  } catch (thrown) {
    return String(thrown)
  }
}

describe('an input that is wrong is named, with what it wants', () => {
  const refused: [given: Record<string, string>, sentence: string][] = [
    [{ image: '' }, 'image: is required'],
    [{ tag: 'live' }, 'tag: is no input of this action; did you mean `tags`?'],
    [
      { image: 'ml/churn:v1' },
      'image: got "ml/churn:v1"; want an image with its host, and a tag or a digest',
    ],
    [{ image: `${STAGING}/ml/churn` }, 'want an image with its host, and a tag or a digest'],
    [{ image: `${STAGING}/ml/churn@sha256:12` }, 'want an image with its host, and a tag or a digest'],
    [{ image: `https://${STAGING}/ml/churn:v1` }, 'want an image with its host, and a tag or a digest'],
    [
      { image: 'ghcr.io/octo/churn:v1' },
      'image: ghcr.io is no registry of ECR, and is not given the token of ECR',
    ],
    [{ image: 'public.ecr.aws/octo/churn:v1' }, 'image: public.ecr.aws is ECR Public'],
    [{ tags: '' }, 'tags: is required'],
    [
      { tags: `${PROD}/ml/churn:live` },
      'want tags of at most 128 of A-Z a-z 0-9 _ . - (no host, no repository)',
    ],
    [{ tags: Array.from({ length: 101 }, (_, at) => `t${at}`).join() }, 'want at most 100 tags'],
    [{ repository: 'ML/Churn' }, 'repository: got "ML/Churn"; want the name of an ECR repository'],
    [
      { repository: `${PROD}/ml/churn` },
      'want the name alone, such as ml/churn: put the host into `registry`',
    ],
    [{ registry: `https://${PROD}` }, 'want the host of a registry'],
    [{ registry: 'registry.example' }, 'registry: registry.example is no registry of ECR'],
    [
      { 'source-aws-region': 'us-east-1' },
      `source-aws-region: is us-east-1, but ${STAGING} is in eu-west-1: leave it away, or correct one of them`,
    ],
    [
      { registry: PROD, 'aws-region': 'eu-west-1' },
      `aws-region: is eu-west-1, but ${PROD} is in us-east-1: leave it away, or correct one of them`,
    ],
    [{ platforms: 'amd64' }, 'platforms: got "amd64"; want platforms such as linux/amd64'],
    [{ referrers: 'yes' }, 'referrers: got "yes"; want true or false'],
    [{ 'dry-run': '1' }, 'dry-run: got "1"; want true or false'],
    [{ timeout: '10' }, 'timeout: got "10"; want a duration'],
    [{ 'request-timeout': '10' }, 'request-timeout: got "10"; want a duration'],
    [{ summary: 'no' }, 'summary: got "no"; want true, false or on-failure'],
    ...['aws-region', 'source-aws-region'].map((name): [Record<string, string>, string] => [
      { [name]: 'Europe' },
      `${name}: got "Europe"; want a region of AWS, such as eu-west-1`,
    ]),
    [
      { image: 'https://me:hunter22@ghcr.io/x:1' },
      'image: got a value (not shown); want an image with its host',
    ],
    [{ image: 'me:hunter22@ghcr.io/x:1' }, 'image: got a value (not shown); want an image with its host'],
  ]
  test('each of those that have a form has a row here', () => {
    const without = Object.keys(inputs.fields).filter(
      (name) => !refused.some(([given]) => name in given && messageOf(given).includes(`${name}: got `)),
    )
    // Any text may be one of these; what is behind it is judged when it is used.
    expect(without).toEqual(['source-role-to-assume', 'role-to-assume', 'ca-cert'])
  })

  test.each(refused)('%j', (given, sentence) => {
    expect(() => read(given)).toThrow(
      expect.objectContaining({ kind: 'config', message: expect.stringContaining(sentence) }),
    )
  })

  test('all at once', () => {
    expect(() => read({ image: 'x', tags: '/', referrers: 'no!', platforms: 'x' })).toThrow(
      '4 inputs are wrong',
    )
  })
})

test('of a tag and a digest it is the digest that counts', () => {
  expect(read({ image: `${STAGING}/ml/churn:v1@${DIGEST}` }).image).toEqual({
    host: STAGING,
    repository: 'ml/churn',
    reference: DIGEST,
  })
})

test('what is right is read', () => {
  const { tags, registry, platforms, referrers } = read({
    tags: 'v1, live\nv1',
    registry: PROD,
    platforms: 'linux/amd64,linux/arm64/v8',
    referrers: 'false',
  })
  expect({ tags, registry, platforms, referrers }).toEqual({
    tags: ['v1', 'live'],
    registry: PROD,
    platforms: ['linux/amd64', 'linux/arm64'],
    referrers: false,
  })
})

describe.each(['image', 'tags', 'repository', 'registry', 'platforms'])('a hostile %s', (name) => {
  // Two tags, one on each line, are two tags.
  const hostile = HOSTILE_VALUES.filter((value) => name !== 'tags' || value !== 'a\nb')
  test.each(hostile)('%j is no such value', (value) => {
    expect(() => read({ [name]: value })).toThrow(expect.objectContaining({ kind: 'config' }))
  })
})
