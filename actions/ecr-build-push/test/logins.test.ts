import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readContext } from '@mlops-actions/runner'
import { type EcrAccounts, startEcrAccounts } from '@mlops-actions/sandbox/ecr-accounts'
import { type IdentityServer, startIdentity } from '@mlops-actions/sandbox/identity'
import { failureOf } from '../../../test/harness/failure.ts'
import { askIdToken } from '../../../test/harness/id-token.ts'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { inputs as schema } from '../src/inputs.ts'
import { openLogins } from '../src/logins.ts'

const STEP_ROLE = 'arn:aws:iam::111111111111:role/ml-push'
const BASES_ROLE = 'arn:aws:iam::222222222222:role/bases-read'
const BASES = '222222222222.dkr.ecr.us-east-1.amazonaws.com'
const OWN = '111111111111.dkr.ecr.eu-west-1.amazonaws.com'

let accounts: EcrAccounts
let identity: IdentityServer
let world: TestWorld
let allowed: readonly string[]
beforeEach(async () => {
  allowed = ['ecr:GetAuthorizationToken']
  accounts = await startEcrAccounts(
    [
      { accountId: '111111111111', region: 'eu-west-1' },
      { accountId: '222222222222', region: 'us-east-1' },
    ],
    { principals: [] },
  )
  identity = await startIdentity({
    roleArn: STEP_ROLE,
    otherRoles: [BASES_ROLE],
    repository: 'octo/churn',
    admit: (principal) =>
      accounts.principals.push({
        ...principal,
        policy: { Statement: [{ Effect: 'Allow', Action: [...allowed], Resource: '*' }] },
      }),
    now: Date.now,
  })
  // The SDK reads them itself.
  process.env['AWS_ENDPOINT_URL_ECR'] = accounts.url
  process.env['AWS_ENDPOINT_URL_STS'] = identity.stsUrl
  world = testWorld({ env: { ...process.env }, start: Date.now() })
})
afterEach(async () => {
  delete process.env['AWS_ENDPOINT_URL_ECR']
  delete process.env['AWS_ENDPOINT_URL_STS']
  await Promise.all([accounts.close(), identity.close()])
})

const idToken = (audience: string): Promise<string> => askIdToken(identity.idToken, audience)

function logins(registries: string) {
  const all: Record<string, string> = {
    repository: 'ml/churn',
    tags: 'v1',
    registries,
    'role-to-assume': STEP_ROLE,
  }
  const inputs = schema.read((name) => all[name] ?? '', world.mask)
  return openLogins(inputs, { ...world, context: readContext({}), output: () => {}, idToken })
}

/** Whether the registry of an account lets this login in. */
async function opens(at: number, auth: string | undefined): Promise<boolean> {
  const server = accounts.servers[at]
  const answer = await fetch(`${server?.registryServer.url}/v2/`, {
    headers: { authorization: `Basic ${auth}` },
  })
  return answer.ok
}

const requests = (): number => accounts.requests.length

describe('a registry', () => {
  test('of another account is opened with the role that is named for it, in its region, and its token is masked', async () => {
    const auth = await logins(`${BASES}=${BASES_ROLE}`).auth(BASES)
    expect([await opens(0, auth), await opens(1, auth)]).toEqual([false, true])
    expect(world.secrets).toContain(auth)
  })

  test('without a role is opened with the credentials of the step', async () => {
    const auth = await logins(OWN).auth(OWN)
    expect(await opens(0, auth)).toBe(true)
  })

  test('is asked for its token once, and not before somebody wants it', async () => {
    const { auth, all } = logins(`${BASES}=${BASES_ROLE}`)
    expect(requests()).toBe(0)
    const [one, other, both] = await Promise.all([auth(BASES), auth(BASES), all()])
    expect(one).toBe(other)
    expect(both).toEqual(new Map([[BASES, one]]))
    expect(requests()).toBe(1)
  })

  test('with a password asks nobody', async () => {
    expect(await logins('docker.io=acme:hunter22').all()).toEqual(
      new Map([['docker.io', btoa('acme:hunter22')]]),
    )
    expect(requests()).toBe(0)
  })

  test('that is not named has no login', () => {
    expect(logins('docker.io=acme:hunter22').auth('ghcr.io')).toBeUndefined()
  })

  test('whose role may not have a token is named in the failure, with the right', async () => {
    allowed = ['ecr:BatchGetImage']
    const { details } = await failureOf(() => logins(`${BASES}=${BASES_ROLE}`).all())
    expect(details.on).toBe(`${BASES} of the input \`registries\``)
    expect(`${details.seen} ${details.next}`).toContain('ecr:GetAuthorizationToken')
  })

  test.each([
    [OWN, true],
    [`${OWN}=${STEP_ROLE}`, false],
    ['docker.io=acme:hunter22', true],
  ])('of the step itself may be asked by the API in the place of a token: %s', (registries, own) => {
    expect(logins(registries).isOwn(OWN)).toBe(own)
  })
})
