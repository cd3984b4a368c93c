import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Failure, toFailure } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import { type ArgocdServer, startArgocd } from '@mlops-actions/sandbox/argocd'
import { createAuthority, createIdentity } from '@mlops-actions/sandbox/faults'
import { type IdentityServer, startIdentity } from '@mlops-actions/sandbox/identity'
import { createKubernetesState, RESOURCES, realClock } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Argocd, type Credentials, cookie, type SignInOptions, signIn } from '../src/index.ts'

// Against the sandbox's Argo CD, Dex and GitHub, over a socket; time is that of the test.

const APP = { name: 'churn', project: 'ml' }
const SUBJECT = 'repo:octo/churn:ref:refs/heads/main'
const HOUR = 60 * 60_000
let world: TestWorld
let argocd: ArgocdServer
let github: IdentityServer
const clients: HttpClient[] = []

beforeEach(async () => {
  world = testWorld()
  const clock = { ...realClock, now: world.now }
  const kubernetes = createKubernetesState({ now: world.now })
  argocd = await startArgocd({ kubernetes, clock })
  github = await startIdentity({
    roleArn: 'arn:aws:iam::1:role/x',
    repository: 'octo/churn',
    admit: () => {},
    now: world.now,
  })
  kubernetes.store.create(RESOURCES.applications, {
    metadata: { name: 'churn', namespace: 'argocd' },
    spec: {
      project: 'ml',
      source: { repoURL: 'https://git.test/x', path: '.' },
      destination: { name: 'in-cluster' },
    },
  })
})
afterEach(async () => {
  for (const http of clients.splice(0)) http.close()
  await argocd.close()
  await github.close()
})

function useDex(id = 'github-actions', issuer = github.issuer): void {
  const connectors = [{ id, issuer }]
  argocd.state.dex = {
    tokenExchange: true,
    connectors,
    issuer: github.issuer,
    verify: github.verify,
    key: 'dex',
  }
}

/** Asks GitHub as the runner does. */
async function idToken(): Promise<string> {
  const headers = { authorization: `Bearer ${github.idToken.token}` }
  const { value } = Object(await (await fetch(`${github.idToken.url}&audience=argocd`, { headers })).json())
  return String(value)
}

function open(credentials: Credentials, more: Partial<SignInOptions> = {}): Argocd {
  const http = createHttp(world, { trustedOrigins: [argocd.url], retries: 0 })
  clients.push(http)
  return signIn(world, http, { url: argocd.url, credentials, deadline: world.now() + HOUR / 4, ...more })
}

async function failureOf(asking: Promise<unknown>): Promise<Failure> {
  return asking.then(
    () => Promise.reject(new Error('it did not fail')),
    (thrown: unknown) => toFailure(thrown),
  )
}

const askedFor = (path: string) => argocd.requests.filter((request) => request.path === path)
const dex = { kind: 'dex', connector: 'github-actions', idToken } as const

describe("GitHub's token", () => {
  test('is exchanged at Dex once for many requests, and the new one is masked before it is used', async () => {
    useDex()
    const api = open(dex)
    await Promise.all([api.get(APP), api.get(APP)])
    await api.get(APP)
    const [first, ...others] = askedFor('/api/dex/token')
    expect(others).toEqual([])
    expect(first).toMatchObject({ status: 200, headers: { authorization: `Basic ${btoa('argo-cd-cli:')}` } })
    const sent = askedFor('/api/v1/applications/churn').map(({ headers }) => headers['authorization'])
    expect(new Set(sent).size).toBe(1)
    expect(world.secrets).toContain(sent[0]?.replace('Bearer ', ''))
  })

  test('is exchanged anew before the one from Dex expires', async () => {
    useDex()
    const api = open(dex)
    await api.get(APP)
    await world.sleep(24 * HOUR - 60_000)
    await api.get(APP)
    expect(askedFor('/api/dex/token').map(({ status }) => status)).toEqual([200, 200])
  })

  test('is exchanged anew where Argo CD refuses the one before, and the request is sent again', async () => {
    useDex()
    const api = open(dex)
    await api.get(APP)
    argocd.state.tokens.clear()
    await expect(api.get(APP)).resolves.toMatchObject({ metadata: { name: 'churn' } })
  })

  test('that Argo CD does not want in spite of that ends in the refusal, after one renewal', async () => {
    useDex()
    const api = open(dex)
    argocd.faults.push({
      match: ({ path }) => path === '/api/v1/applications/churn',
      times: 9,
      respond: {
        status: 401,
        headers: { 'content-type': 'application/json' },
        body: '{"message":"no session"}',
      },
    })
    await expect(failureOf(api.get(APP))).resolves.toMatchObject({ kind: 'auth' })
    expect(askedFor('/api/dex/token')).toHaveLength(2)
  })

  test('stays the login where Dex is away for a moment before the end of it', async () => {
    useDex()
    const api = open(dex)
    await api.get(APP)
    await world.sleep(24 * HOUR - 60_000)
    argocd.faults.push({ match: ({ path }) => path === '/api/dex/token', times: 1, respond: 'reset' })
    await expect(api.get(APP)).resolves.toBeDefined()
  })

  test.each([
    ['of a connector that is not there', () => useDex('gitlab'), 'Check `dex-connector-id` (github-actions)'],
    [
      'with an issuer that ends with a slash',
      () => useDex('github-actions', `${github.issuer}/`),
      'without a slash at the end',
    ],
    [
      'without the grant',
      () => {
        useDex()
        if (argocd.state.dex) argocd.state.dex.tokenExchange = false
      },
      'oauth2.grantTypes',
    ],
    ['that has no Dex', () => {}, '`oidc-exchange: none`'],
  ])('is refused by an Argo CD %s, with what to change there', async (_, prepare, next) => {
    prepare()
    const failure = await failureOf(open(dex).get(APP))
    expect(failure).toMatchObject({
      kind: 'config',
      details: { what: "Cannot exchange GitHub's token at Dex" },
    })
    expect(failure.details.next).toContain(next)
  })

  test('that somebody else signed is refused, and the log of Dex named', async () => {
    useDex()
    const forged = { ...dex, idToken: async () => `${(await idToken()).slice(0, -4)}AAAA` }
    const failure = await failureOf(open(forged).get(APP))
    expect(failure).toMatchObject({ kind: 'auth' })
    expect(failure.details.next).toContain('argocd-dex-server')
  })

  test('is the login itself where Argo CD trusts GitHub as its provider, and is renewed within its five minutes', async () => {
    argocd.state.oidc = { issuer: github.issuer, allowedAudiences: ['argocd'], verify: github.verify }
    const api = open({ kind: 'id-token', idToken })
    await api.get(APP)
    await world.sleep(4 * 60_000)
    await api.get(APP)
    expect(github.requests).toHaveLength(2)
    expect(askedFor('/api/dex/token')).toEqual([])
  })

  test('for another audience is refused', async () => {
    argocd.state.oidc = {
      issuer: github.issuer,
      allowedAudiences: ['https://argocd.test'],
      verify: github.verify,
    }
    await expect(failureOf(open({ kind: 'id-token', idToken }).get(APP))).resolves.toMatchObject({
      kind: 'auth',
    })
  })
})

test.each(['/api/dex/token', '/api/v1/session'])(
  'what is secret goes nowhere else when %s redirects',
  async (path) => {
    useDex()
    const elsewhere = await startArgocd({ kubernetes: createKubernetesState() })
    argocd.faults.push({
      match: (request) => request.path === path,
      times: 9,
      respond: { status: 307, headers: { location: `${elsewhere.url}${path}` }, body: '' },
    })
    const credentials = path.includes('dex')
      ? dex
      : ({ kind: 'password', username: 'admin', password: 'sandbox-password' } as const)
    await failureOf(open(credentials).get(APP))
    expect(elsewhere.requests).toEqual([])
    await elsewhere.close()
  },
)

describe('the managed Argo CD of EKS', () => {
  const HOST = 'ml-dc855fdf-111122223333.eks-capabilities.eu-west-1.amazonaws.com'
  const authority = createAuthority('Amazon')
  let managed: ArgocdServer
  beforeEach(async () => {
    const state = argocd.state
    const tls = createIdentity({ hosts: [HOST] }, authority)
    managed = await startArgocd({
      kubernetes: state.kubernetes,
      state,
      clock: { ...realClock, now: world.now },
      tls,
    })
  })
  afterEach(() => managed.close())

  function openManaged(credentials: Credentials, retries = 0): Argocd {
    const url = `https://${HOST}:${new URL(managed.url).port}`
    const lookup: LookupFunction = (_host, options, found) =>
      options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4)
    const http = createHttp(world, { trustedOrigins: [url], caCert: authority.certificate, lookup, retries })
    clients.push(http)
    return signIn(world, http, { url, credentials, deadline: world.now() + HOUR / 4 })
  }
  const accountToken = () => {
    argocd.state.tokens.set('canary-account-token', { username: 'admin' })
    return { kind: 'token', token: 'canary-account-token' } as const
  }

  test.each<[string, Credentials]>([
    ["GitHub's token by Dex", dex],
    ["GitHub's token as it is", { kind: 'id-token', idToken }],
    ['a password', { kind: 'password', username: 'admin', password: 'canary' }],
  ])('takes no login by %s, and nothing is sent there', async (_, credentials) => {
    const failure = await failureOf((async () => openManaged(credentials).get(APP))())
    expect(failure).toMatchObject({ kind: 'config', code: 'ARGOCD_MANAGED_LOGIN' })
    expect(failure.details.next).toContain('`auth: kubernetes` with `eks-cluster`')
    expect(managed.requests).toEqual([])
  })

  test('takes the token of an account, and a missing right is one of its AppProject', async () => {
    argocd.state.policy = undefined
    await expect(openManaged(accountToken()).get(APP)).resolves.toMatchObject({ metadata: { name: 'churn' } })
    argocd.state.policy = []
    const { details } = await failureOf(openManaged(accountToken()).get(APP))
    expect(details.next).toContain('applications, get, ml/churn, allow (in a role of its AppProject')
    expect(details.next).not.toContain('(in argocd-rbac-cm)')
  })

  test('is waited for as long as it says where it limits requests', async () => {
    managed.faults.push({
      match: ({ path }) => path === '/api/v1/applications/churn',
      times: 1,
      respond: { status: 429, headers: { 'retry-after': '17' }, body: 'Too Many Requests' },
    })
    const began = world.now()
    await openManaged(accountToken(), 3).get(APP)
    expect(world.now() - began).toBeGreaterThanOrEqual(17_000)
    expect(managed.requests.map(({ status }) => status)).toEqual([429, 200])
  })
})

describe('a missing right', () => {
  test('names the subject and the line of the policy that lets it in', async () => {
    useDex()
    argocd.state.policy = []
    const failure = await failureOf(open(dex).get(APP))
    const line = `p, ${SUBJECT}, applications, get, ml/churn, allow`
    expect(failure.details).toMatchObject({
      kind: 'auth',
      seen: expect.stringContaining(`asked as ${SUBJECT}`),
    })
    expect(failure.details.next).toContain(`${line} (in argocd-rbac-cm)`)
    argocd.state.policy = [line]
    await expect(open(dex).get(APP)).resolves.toBeDefined()
  })

  test('to an Application in another namespace is one with that namespace in its name', async () => {
    useDex()
    argocd.state.policy = []
    const there = await failureOf(open(dex).get({ ...APP, appNamespace: 'team' }))
    expect(there.details.next).toContain('applications, get, ml/team/churn, allow')
    const here = await failureOf(open(dex).get({ ...APP, appNamespace: 'argocd' }))
    expect(here.details.next).toContain('applications, get, ml/churn, allow')
  })

  test('is not given by a deny, nor to another repository', async () => {
    useDex()
    const other = SUBJECT.replace('churn', 'fraud')
    argocd.state.policy = [`p, ${other}, applications, *, */*, allow`]
    await expect(failureOf(open(dex).get(APP))).resolves.toMatchObject({ kind: 'auth' })
    argocd.state.policy = [
      `g, ${SUBJECT}, role:ci`,
      'p, role:ci, applications, get, ml/*, allow',
      `p, ${SUBJECT}, applications, get, ml/churn, deny`,
    ]
    await expect(failureOf(open(dex).get(APP))).resolves.toMatchObject({ kind: 'auth' })
  })

  test("of a project's role names the AppProject in which the line belongs", async () => {
    argocd.state.tokens.set('role-token', { username: 'proj:ml:ci' })
    argocd.state.policy = []
    const { next } = (await failureOf(open({ kind: 'token', token: 'role-token' }).get(APP))).details
    expect(next).toContain(
      'p, proj:ml:ci, applications, get, ml/churn, allow (in the policies of the role ci of the AppProject ml)',
    )
  })

  test('is told by the token itself where Argo CD does not say who asked', async () => {
    useDex()
    argocd.state.policy = []
    argocd.faults.push({ match: ({ path }) => path.endsWith('/userinfo'), times: 9, respond: 'reset' })
    const { next } = (await failureOf(open(dex).get(APP))).details
    expect(next).toContain(`p, ${SUBJECT}, applications, get`)
  })
})

describe('a local account', () => {
  const account = { kind: 'password', username: 'admin', password: 'sandbox-password' } as const

  test('is logged in once, with its token masked, and again when that is refused', async () => {
    const api = open(account)
    await api.get(APP)
    argocd.state.tokens.clear()
    await api.get(APP)
    expect(askedFor('/api/v1/session').map(({ status }) => status)).toEqual([200, 200])
    const [sent] = askedFor('/api/v1/applications/churn')
    expect(world.secrets).toContain(sent?.headers['authorization']?.replace('Bearer ', ''))
  })

  test('with a wrong password is not tried again, and the lock after five of them is said', async () => {
    const failure = await failureOf(open({ ...account, password: 'wrong' }).get(APP))
    expect(failure).toMatchObject({ kind: 'auth', details: { what: 'Cannot log in to Argo CD' } })
    expect(failure.details.next).toContain('After 5 wrong logins')
    expect(askedFor('/api/v1/session')).toHaveLength(1)
  })

  test('is not known to a server before that has shown that it is Argo CD', async () => {
    await open(account).version()
    expect(argocd.requests.map(({ path, headers }) => [path, headers['authorization']])).toEqual([
      ['/api/version', undefined],
    ])
  })
})

describe('a token that was given', () => {
  const tokenUntil = (at: number): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${part({ alg: 'HS256' })}.${part({ iss: 'argocd', sub: 'ci', exp: at / 1_000 })}.sig`
  }

  test('and expires before the deadline is said at the start', () => {
    open({ kind: 'token', token: tokenUntil(world.now() + 5 * 60_000) })
    expect(world.lines).toEqual([
      expect.stringMatching(
        /^warning: .* expires at 2026-01-15 12:05:00 UTC, and this step may wait until 2026-01-15 12:15:00 UTC/,
      ),
    ])
  })

  test('and outlives the deadline, or never ends, is not spoken of', () => {
    open({ kind: 'token', token: tokenUntil(world.now() + HOUR) })
    open({ kind: 'token', token: 'argocd-token' })
    expect(world.lines).toEqual([])
  })

  test('and has expired is why Argo CD refuses it', async () => {
    const token = tokenUntil(world.now() + 60_000)
    argocd.state.tokens.set(token, { username: 'ci', expiresAt: world.now() + 60_000 })
    const api = open({ kind: 'token', token })
    await api.get(APP)
    await world.sleep(2 * 60_000)
    const { details } = await failureOf(api.get(APP))
    expect(details.seen).toContain('the token expired at 2026-01-15 12:01:00 UTC')
    expect(details.next).toContain('--expires-in')
  })

  test.each([100, 9_000])(
    'of %i characters travels in cookies where Authorization is taken',
    async (length) => {
      const token = 'x'.repeat(length)
      argocd.state.tokens.set(token, { username: 'ci' })
      await open({ kind: 'token', token }, { carrier: cookie }).get(APP)
      const [sent] = askedFor('/api/v1/applications/churn')
      expect(sent).toMatchObject({ status: 200 })
      expect(sent?.headers).not.toHaveProperty('authorization')
    },
  )
})
