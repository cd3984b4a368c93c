import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Failure, toFailure } from '@mlops-actions/diagnostics'
import { type EksCluster, eksUser, startEks } from '@mlops-actions/sandbox/eks'
import type { SandboxServer } from '@mlops-actions/sandbox/server'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type EksAccess, openEks } from '../src/index.ts'

const KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: 'canary-secret-key',
  AWS_SESSION_TOKEN: 'canary-session',
}
const PRINCIPAL = {
  arn: 'arn:aws:iam::123456789012:role/ci',
  accessKeyId: KEYS.AWS_ACCESS_KEY_ID,
  secretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY,
  sessionToken: KEYS.AWS_SESSION_TOKEN,
}
const CA = '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n'
const READY: EksCluster = { name: 'ml', endpoint: 'https://a.gr7.eks.test', ca: CA, status: 'ACTIVE' }
let world: TestWorld
let eks: SandboxServer

async function start(cluster: EksCluster = READY, allowed = '*'): Promise<void> {
  const policy = { Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] } as const
  const principals = [{ ...PRINCIPAL, policy }]
  const options = { region: 'eu-west-1', accountId: '123456789012', principals, clusters: [cluster] }
  world = testWorld({ env: KEYS })
  eks = await startEks({ ...options, now: world.now })
  world = Object.assign(world, { env: { ...KEYS, AWS_ENDPOINT_URL_EKS: `${eks.url}/` } })
}

beforeEach(() => start())
afterEach(() => eks.close())

const open = (cluster = 'ml'): EksAccess =>
  openEks(world, {
    cluster,
    role: undefined,
    region: 'eu-west-1',
    sessionName: 'test',
    caCert: undefined,
    requestTimeout: 5_000,
    idToken: () => Promise.reject(new Error('not asked for here')),
  })

async function failureOf(access: EksAccess): Promise<Failure> {
  return access.describe().then(
    () => Promise.reject(new Error('it did not fail')),
    (thrown: unknown) => toFailure(thrown),
  )
}

async function restart(cluster: EksCluster, allowed?: string): Promise<void> {
  await eks.close()
  await start(cluster, allowed)
}

describe('a cluster', () => {
  test('is found by its name: its API server and the CA of that', async () => {
    await expect(open().describe()).resolves.toEqual({ server: READY.endpoint, caCert: CA })
  })

  test('of another name or region is not found', async () => {
    await expect(failureOf(open('other'))).resolves.toMatchObject({
      kind: 'not-found',
      details: { next: 'Check the name other and the region eu-west-1' },
    })
  })

  test('that the role may not describe names the action', async () => {
    await restart(READY, 'eks:ListClusters')
    const { details } = await failureOf(open())
    expect(details).toMatchObject({ kind: 'auth', next: expect.stringContaining('eks:DescribeCluster') })
    expect(details.seen).toContain('is not authorized to perform: eks:DescribeCluster')
  })

  test.each([
    ['that is being made', { name: 'ml', status: 'CREATING' }],
    ['whose endpoint is not reached by https', { ...READY, endpoint: 'http://a.gr7.eks.test' }],
  ] as const)('%s gets no token', async (_, cluster) => {
    await restart(cluster)
    await expect(failureOf(open())).resolves.toMatchObject({ kind: 'upstream', code: 'EKS_ENDPOINT' })
  })
})

test('a token is known to the API server of that cluster alone, for a quarter of an hour', async () => {
  const token = await open().token()
  const who = { principals: [PRINCIPAL], region: 'eu-west-1' }
  const user = (cluster: string, later = 0) => eksUser(token, { ...who, cluster, now: world.now() + later })
  expect(user('ml')?.username).toBe(PRINCIPAL.arn)
  expect(user('ml', 14 * 60_000)?.username).toBe(PRINCIPAL.arn)
  expect([user('other'), user('ml', 15 * 60_000)]).toEqual([undefined, undefined])
  expect(world.secrets).toEqual(
    expect.arrayContaining([token, KEYS.AWS_SECRET_ACCESS_KEY, KEYS.AWS_SESSION_TOKEN]),
  )
})
