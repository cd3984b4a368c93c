import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttp, record, string } from '@mlops-actions/http'
import { startEks } from '@mlops-actions/sandbox/eks'
import { createAuthority, createIdentity, startFaultProxy } from '@mlops-actions/sandbox/faults'
import { type IdentityOptions, type IdentityServer, startIdentity } from '@mlops-actions/sandbox/identity'
import type { SandboxServer } from '@mlops-actions/sandbox/server'
import { failureOf } from '../../../test/harness/failure.ts'
import { testWorld } from '../../../test/harness/world.ts'
import { connectEks, type EksConnectionOptions } from '../src/index.ts'

const ROLE = 'arn:aws:iam::123456789012:role/wait'
const authority = createAuthority('Company CA')
const tls = createIdentity({ hosts: ['127.0.0.1'] }, authority)
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'canary-secret-key' }

const principals: Parameters<IdentityOptions['admit']>[0][] = []
let identity: IdentityServer
let eks: SandboxServer
const world = testWorld()

beforeEach(async () => {
  principals.length = 0
  const { now } = world
  const admit = (principal: (typeof principals)[number]) => {
    const policy = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } as const
    principals.push({ ...principal, policy })
  }
  identity = await startIdentity({ roleArn: ROLE, repository: 'octo/churn', admit, now, tls })
  const clusters = [
    { name: 'ml', endpoint: 'https://a.gr7.eks.test', ca: authority.certificate, status: 'ACTIVE' },
  ] as const
  eks = await startEks({ region: 'eu-west-1', accountId: '123456789012', principals, clusters, now, tls })
})
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_STS']
  await Promise.all([identity, eks].map((server) => server.close()))
})

/** As GitHub's runner gives it: not by the way that is tested here. */
const ofJob = async (audience: string): Promise<string> => {
  const { url, token } = identity.idToken
  const http = createHttp(testWorld(), { caCert: authority.certificate, trustedOrigins: [identity.url] })
  const headers = { authorization: `Bearer ${token}` }
  const request = { url: `${url}&audience=${audience}`, headers, what: 'Cannot get a token' }
  const { value } = await http.json(request, record({ value: string })).finally(() => http.close())
  return value
}

const options = (given: Partial<EksConnectionOptions> = {}): EksConnectionOptions => ({
  cluster: 'ml',
  role: ROLE,
  region: 'eu-west-1',
  idToken: ofJob,
  sessionName: 'mlops-actions-42',
  server: undefined,
  caCert: undefined,
  requestTimeout: 5_000,
  ...given,
})

describe('behind a proxy', () => {
  test.each([
    ['STS', ROLE, 'sts.eu-west-1.amazonaws.com:443'],
    ['EKS', undefined, 'eks.eu-west-1.amazonaws.com:443'],
  ])('%s is asked through it', async (_, role, target) => {
    const proxy = await startFaultProxy({ denies: true })
    const behind = testWorld({ env: { ...KEYS, HTTPS_PROXY: proxy.url } })
    await failureOf(() => connectEks(behind, options({ role })))
    await proxy.close()
    expect(new Set(proxy.requests.map((request) => request.target))).toEqual(new Set([target]))
  })
})

describe('where the CA of the company has signed for AWS', () => {
  beforeEach(() => {
    // The SDK reads it itself.
    process.env['AWS_ENDPOINT_URL_STS'] = identity.stsUrl
  })
  const asked = () => identity.requests.filter(({ path }) => path === '/sts/').length
  const here = () => testWorld({ env: { AWS_ENDPOINT_URL_EKS: eks.url } })

  test('STS and EKS are believed with `ca-cert`, and the role is assumed once', async () => {
    const connection = await connectEks(here(), options({ caCert: authority.certificate }))
    expect(connection.server).toBe('https://a.gr7.eks.test')
    expect(await connection.token()).toMatch(/^k8s-aws-v1\./)
    expect([asked(), eks.requests.length]).toEqual([1, 1])
  })

  test('its keys are renewed before they end', async () => {
    const hour = here()
    const { token } = await connectEks(hour, options({ caCert: authority.certificate }))
    await hour.sleep(54 * 60_000)
    await token()
    expect(asked()).toBe(1)
    await hour.sleep(8 * 60_000)
    await token()
    expect(asked()).toBe(2)
  })

  test('without it STS is not believed', async () => {
    const failure = await failureOf(() => connectEks(here(), options()))
    expect(failure.details).toMatchObject({ what: 'Cannot assume the role', on: ROLE })
    expect(asked()).toBe(0)
  })
})
