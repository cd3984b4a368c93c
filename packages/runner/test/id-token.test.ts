import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { testWorld } from '../../../test/harness/world.ts'
import { requestIdToken } from '../src/id-token.ts'
import { runFixture } from './run.ts'

interface Answer {
  readonly status: number
  readonly body: string
  readonly type?: string
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** GitHub's side: answers in this order, and the last one ever after. */
async function github(...answers: readonly Answer[]) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    const {
      status,
      body,
      type = 'application/json',
    } = answers[Math.min(asked.length, answers.length) - 1] as Answer
    response.writeHead(status, { 'content-type': type }).end(body)
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token',
  }
  return { asked, env }
}

const GOOD: Answer = { status: 200, body: '{"count":1,"value":"header.claims.signature"}' }

test('a step asks with the audience and the bearer token of its job, and hides what it gets', async () => {
  const { asked, env } = await github(GOOD)
  const run = await runFixture('step', { inputs: { do: 'id-token' }, env })
  expect(run.code).toBe(0)
  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /token?api-version=2.0&audience=sts.amazonaws.com',
  ])
  expect(asked[0]?.headers.authorization).toBe('Bearer runner-token')
  expect(run.stdout).toContain('::add-mask::header.claims.signature\n')
})

test('a server that repeats the bearer token shows it to nobody', async () => {
  const { env } = await github({ status: 403, body: '{"message":"runner-token has expired"}' })
  const run = await runFixture('step', { inputs: { do: 'id-token' }, env })
  expect(run.code).toBe(1)
  expect(run.stdout).toContain('has expired')
  const shown = run.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  expect([...shown, run.summary, JSON.stringify(run.outputs)].join('\n')).not.toContain('runner-token')
})

test('an audience is sent as it is, whatever is in it', async () => {
  const { asked, env } = await github(GOOD)
  expect(await requestIdToken(testWorld({ env }), 'https://a.example/?b&c=d')).toBe('header.claims.signature')
  expect(new URL(`http://x${asked[0]?.url}`).searchParams.get('audience')).toBe('https://a.example/?b&c=d')
})

test('GitHub may stumble', async () => {
  const { asked, env } = await github({ status: 503, body: '{}' }, GOOD)
  expect(await requestIdToken(testWorld({ env }), 'sts.amazonaws.com')).toBe('header.claims.signature')
  expect(asked).toHaveLength(2)
})

test.each<[string, Answer, string, string]>([
  ['a refusal', { status: 403, body: '{"message":"it has expired"}' }, 'auth', 'id-token: write'],
  ['too many of them', { status: 429, body: '{}' }, 'rate-limit', 'HTTP 429'],
  ['another refusal', { status: 400, body: '{"message":"bad audience"}' }, 'config', 'bad audience'],
  ['servers that are down', { status: 502, body: '<html>' }, 'upstream', 'githubstatus.com'],
  [
    'a page of a proxy',
    { status: 200, body: '<html>Sign in</html>', type: 'text/html' },
    'auth',
    'login page of an SSO proxy',
  ],
  [
    'an answer without a token',
    { status: 200, body: '{"count":0}' },
    'upstream',
    'value: got nothing, want string',
  ],
])('%s is a failure that says what to do', async (_, answer, kind, advice) => {
  const { env } = await github(answer)
  const failure = await failureOf(() => requestIdToken(testWorld({ env }), 'sts.amazonaws.com'))
  expect(failure).toMatchObject({ kind, details: { what: 'Cannot get an OIDC token from GitHub' } })
  expect(failure.message).toContain(advice)
})

test.each(['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'])(
  'without %s the permission is missing',
  async (name) => {
    const { asked, env } = await github(GOOD)
    const world = testWorld({ env: { ...env, [name]: '' } })
    expect(await failureOf(() => requestIdToken(world, 'x'))).toMatchObject({
      kind: 'auth',
      code: 'ID_TOKEN_PERMISSION',
    })
    expect(asked).toEqual([])
  },
)

test('an address that is none is a wrong environment, and no defect of ours', async () => {
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'token', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner-token' }
  expect(await failureOf(() => requestIdToken(testWorld({ env }), 'x'))).toMatchObject({
    kind: 'config',
    code: 'ID_TOKEN_URL',
  })
})
