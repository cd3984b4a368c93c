import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttp } from '@mlops-actions/http'
import { startFaultProxy } from '@mlops-actions/sandbox/faults'
import { type IdentityServer, startIdentity } from '@mlops-actions/sandbox/identity'
import { failureOf } from '../../../test/harness/failure.ts'
import { askIdToken } from '../../../test/harness/id-token.ts'
import { testWorld } from '../../../test/harness/world.ts'
import { createEcr, GetAuthorizationTokenCommand } from '../src/ecr.ts'
import { roleCredentials } from '../src/index.ts'

const ROLE = 'arn:aws:iam::123456789012:role/ml-push'
const OTHER_ROLE = 'arn:aws:iam::123456789012:role/ml-admin'

let identity: IdentityServer
beforeEach(async () => {
  identity = await startIdentity({
    roleArn: ROLE,
    repository: 'octo/churn',
    admit: () => {},
    now: Date.now,
  })
  // The SDK reads it itself.
  process.env['AWS_ENDPOINT_URL_STS'] = identity.stsUrl
})
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_STS']
  await identity.close()
})

const idToken = (audience: string): Promise<string> => askIdToken(identity.idToken, audience)

const secrets: string[] = []
function keysOf(role: string, token: (audience: string) => Promise<string> = idToken) {
  const options = { role, region: 'eu-west-1', idToken: token, sessionName: 'mlops-actions-42' }
  return roleCredentials({ mask: (secret) => secrets.push(secret) }, options)?.()
}

test('a role is assumed with the token of the job, and what it gives is masked', async () => {
  const keys = await keysOf(ROLE)
  expect(keys?.accessKeyId).toMatch(/^ASIA/)
  expect(secrets).toEqual([keys?.secretAccessKey, keys?.sessionToken])
})

test('STS is asked by the way that the client has which wants the keys: through the proxy of the job', async () => {
  delete process.env['AWS_ENDPOINT_URL_STS']
  const proxy = await startFaultProxy({ denies: true })
  const world = testWorld({ env: { HTTPS_PROXY: proxy.url } })
  const http = createHttp(world)
  const client = createEcr({
    http,
    region: 'eu-west-1',
    credentials: roleCredentials(world, {
      role: ROLE,
      region: 'eu-west-1',
      idToken,
      sessionName: 'mlops-actions-42',
    }),
    requestTimeout: 5_000,
    env: {},
    retry: { world, attempts: 1 },
  })
  const failure = await failureOf(() => client.send(new GetAuthorizationTokenCommand({})))
  client.destroy()
  http.close()
  await proxy.close()
  expect(failure.details).toMatchObject({ what: 'Cannot assume the role', on: ROLE })
  expect(new Set(proxy.requests.map(({ target }) => target))).toEqual(
    new Set(['sts.eu-west-1.amazonaws.com:443']),
  )
})

describe('a role that cannot be assumed', () => {
  test('because its trust policy refuses is named with its trust policy, and with the subject that it has to name', async () => {
    const failure = await failureOf(async () => keysOf(OTHER_ROLE))
    expect(failure).toMatchObject({ kind: 'auth', code: 'AWS_ROLE_REFUSED', retryable: false })
    expect(failure.details).toMatchObject({
      what: 'Cannot assume the role',
      on: OTHER_ROLE,
      seen: expect.stringMatching(
        /^AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity \(HTTP 403, request \w+\)$/,
      ),
      next: 'Check that the role exists, and let its trust policy allow `sts:AssumeRoleWithWebIdentity` to this job, whose `sub` is repo:octo/churn:ref:refs/heads/main',
    })
  })

  test.each([
    [
      'the account has no provider for GitHub',
      async () => `${await idToken('sts.amazonaws.com')}x`,
      'No OpenIDConnect provider found',
    ],
    ['the provider has another audience', () => idToken('sigstore'), 'Incorrect token audience'],
  ])('because %s is sent to the OIDC provider', async (_, token, seen) => {
    const failure = await failureOf(async () => keysOf(ROLE, token))
    expect(failure).toMatchObject({ kind: 'auth', code: 'AWS_OIDC_PROVIDER', retryable: false })
    expect(failure.details.on).toBe(ROLE)
    expect(failure.details.seen).toMatch(`InvalidIdentityTokenException: ${seen}`)
    expect(failure.details.next).toBe(
      'Add the identity provider https://token.actions.githubusercontent.com with the audience sts.amazonaws.com to IAM of account 123456789012, or correct its audience',
    )
  })
})
