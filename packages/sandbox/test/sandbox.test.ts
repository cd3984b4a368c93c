import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Sandbox, startSandbox } from '../src/sandbox.ts'

const runFile = promisify(execFile)
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(async () => {
  await sandbox.close()
})

async function idToken(audience: string, bearer = sandbox.identity.idToken.token): Promise<Response> {
  const url = `${sandbox.identity.idToken.url}&audience=${encodeURIComponent(audience)}`
  return fetch(url, { headers: { authorization: `Bearer ${bearer}` } })
}

async function assume(token: string, role = sandbox.roleArn): Promise<{ status: number; text: string }> {
  const form = { Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleSessionName: 'run-1' }
  const body = new URLSearchParams({ ...form, RoleArn: role, WebIdentityToken: token })
  const answer = await fetch(sandbox.identity.stsUrl, { method: 'POST', body })
  return { status: answer.status, text: await answer.text() }
}

async function tokenFor(audience: string): Promise<string> {
  const answer: { value: string } = JSON.parse(await (await idToken(audience)).text())
  return answer.value
}

function field(xml: string, name: string): string {
  return new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1] ?? ''
}

describe('identity', () => {
  test('gives a job temporary credentials for its id token, and S3 accepts them', async () => {
    const { text } = await assume(await tokenFor('sts.amazonaws.com'))
    const client = new S3Client({
      region: sandbox.region,
      endpoint: sandbox.s3.url,
      forcePathStyle: true,
      credentials: {
        accessKeyId: field(text, 'AccessKeyId'),
        secretAccessKey: field(text, 'SecretAccessKey'),
        sessionToken: field(text, 'SessionToken'),
      },
    })
    const listed = await client.send(new ListObjectsV2Command({ Bucket: sandbox.bucket }))
    expect(listed.KeyCount).toBe(0)
    client.destroy()
  })

  test.each([
    ['another audience', async () => assume(await tokenFor('sigstore')), 'Incorrect token audience'],
    [
      'another role',
      async () => assume(await tokenFor('sts.amazonaws.com'), 'arn:aws:iam::1:role/x'),
      'AccessDenied',
    ],
    [
      'a token that was changed',
      async () => assume(`${await tokenFor('sts.amazonaws.com')}x`),
      'InvalidIdentityToken',
    ],
    ['no token', async () => assume(''), 'InvalidIdentityToken'],
  ])('refuses %s', async (_name, ask, reason) => {
    const { status, text } = await ask()
    expect(status).toBeGreaterThanOrEqual(400)
    expect(text).toContain(reason)
  })

  test('issues id tokens to the runner only', async () => {
    expect((await idToken('sts.amazonaws.com', 'guessed')).status).toBe(401)
  })
})

describe('repositories', () => {
  const listRefs = async (
    repository: string,
    token: string | undefined,
    service = 'git-upload-pack',
  ): Promise<unknown> => {
    const header = Buffer.from(`x-access-token:${token}`).toString('base64')
    const config = token === undefined ? [] : ['-c', `http.extraheader=Authorization: Basic ${header}`]
    const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), GIT_TERMINAL_PROMPT: '0' }
    const remote = `${sandbox.github.url}/${repository}.git`
    if (service === 'git-upload-pack') return runFile('git', [...config, 'ls-remote', remote], { env })
    const answer = await fetch(`${remote}/info/refs?service=${service}`, {
      headers: { authorization: `Basic ${header}` },
    })
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    return answer
  }

  test('let each token see what its holder needs', async () => {
    const { developerToken, gitopsToken } = sandbox.credentials
    await listRefs('octo/churn', developerToken)
    await listRefs('octo/gitops', gitopsToken)
    await listRefs('octo/gitops', undefined)
    await expect(listRefs('octo/churn', gitopsToken)).rejects.toThrow(/Command failed/)
    await expect(listRefs('octo/churn', undefined)).rejects.toThrow(/Command failed/)
  })

  test('give a job what its permissions name, and a job without `contents` nothing', async () => {
    const push = (token: string): Promise<unknown> => listRefs('octo/churn', token, 'git-receive-pack')
    const read = sandbox.jobToken({ contents: 'read' })
    await listRefs('octo/churn', read)
    await expect(push(read)).rejects.toThrow(/403|Command failed/)
    await push(sandbox.jobToken({ contents: 'write' }))
    const none = sandbox.jobToken({ 'id-token': 'write' })
    await expect(listRefs('octo/churn', none)).rejects.toThrow(/Command failed/)
    await expect(
      listRefs('octo/gitops', sandbox.jobToken({ contents: 'write' }), 'git-receive-pack'),
    ).rejects.toThrow()
  })
})

test('the well-known tokens of single servers are not accepted', async () => {
  const ask = async (url: string, token: string): Promise<number> =>
    (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status
  const { argocd, kubernetes, credentials } = sandbox
  expect(await ask(`${argocd.url}/api/v1/applications`, 'argocd-token')).toBe(401)
  expect(await ask(`${argocd.url}/api/v1/applications`, credentials.argocdToken)).toBe(200)
  expect(await ask(`${kubernetes.url}/api/v1/namespaces/ml/pods`, 'admin-token')).toBe(401)
  expect(await ask(`${kubernetes.url}/api/v1/namespaces/ml/pods`, credentials.kubernetesToken)).toBe(200)
})

test('nothing listens any more when it is closed', async () => {
  const other = await startSandbox()
  const urls = [
    other.s3,
    other.ecr,
    other.github,
    other.kfp,
    other.mlflow,
    other.kubernetes,
    other.argocd,
    other.identity,
  ]
  await other.close()
  for (const { url } of urls) await expect(fetch(url)).rejects.toThrow('fetch failed')
})
