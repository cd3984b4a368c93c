import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type FaultMode, startFaultServer } from '@mlops-actions/sandbox/faults'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

describe('what is wrong is said', () => {
  test('of a Dockerfile, with its line', async () => {
    await fixture.write({ Dockerfile: 'FROM scratch\n\nCOPY nowhere.txt /\n' })
    const { failure, outputs, summary } = await fixture.push()
    expect(failure?.kind).toBe('workload')
    expect(failure?.message).toContain('Dockerfile:3')
    expect(failure?.message).toContain('Put /nowhere.txt into the context')
    expect(summary).toMatch(/>>> COPY nowhere.txt/)
    expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({
      outcome: 'failed',
      'failed-step': expect.stringContaining('COPY nowhere.txt'),
    })
  })

  const denied: [action: string, kind: string][] = [
    ['GetAuthorizationToken', 'auth'],
    ['BatchGetImage', 'auth'],
    ['BatchCheckLayerAvailability', 'auth'],
    ['InitiateLayerUpload', 'auth'],
    ['PutImage', 'auth'],
  ]
  test.each(denied)('of a role that lacks ecr:%s', async (action, kind) => {
    fixture.ecr.state.registry.deny.push({ action: `ecr:${action}` })
    const { failure } = await fixture.push()
    expect(failure?.kind).toBe(kind)
    expect(failure?.message).toContain(`ecr:${action}`)
  })

  test.each([
    ['ca-cert', 'nowhere.pem', 'ENOENT: no such file or directory'],
    ['role-to-assume', 'ml-push', 'got "ml-push"; want a role ARN. Give an ARN such as arn:aws:iam::'],
  ])('of %s, where it is no such thing', async (input, value, sentence) => {
    const { failure } = await fixture.push({ [input]: value })
    expect(failure?.kind).toBe('config')
    expect(failure?.message).toContain(`the input \`${input}\`: ${sentence}`)
  })

  const LONG = 'x'.repeat(3_000_000)
  test.each([
    ['labels', { labels: `a=${LONG}` }],
    ['build-args', { 'build-args': `A=${LONG}` }],
    ['secrets', { secrets: `token=${LONG}` }],
  ])('of %s that no program can be started with', async (input, given) => {
    const { failure } = await fixture.push({ reuse: 'false', ...given })
    expect(failure).toMatchObject({ kind: 'config', code: 'COMMAND_TOO_LONG' })
    expect(failure?.details.on).toBe(`the input \`${input}\``)
    expect(failure?.details.seen).toContain('131,071')
  })

  const elsewhere: [
    what: string,
    given: Record<string, string>,
    env: Record<string, string>,
    kind: string,
    says: string,
  ][] = [
    [
      'credentials that AWS does not know',
      {},
      { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN' },
      'auth',
      'does not know them',
    ],
    ['a registry that is not ECR', { registry: 'ghcr.io' }, {}, 'config', 'is no registry of ECR'],
    [
      'a context that is not there',
      { context: 'services/api' },
      {},
      'config',
      'there is no folder services/api',
    ],
    [
      'a Dockerfile that is not there',
      { file: 'x/Dockerfile' },
      {},
      'config',
      'there is no file x/Dockerfile',
    ],
    ['a context outside of the workspace', { context: '..' }, {}, 'config', 'leads out of the workspace'],
    ['a file outside of the workspace', { file: '/etc/passwd' }, {}, 'config', 'leads out of the workspace'],
    ['a context behind a link', { context: 'link' }, {}, 'config', 'leads out of the workspace'],
    ['an attestation that this builder cannot make', { provenance: 'true' }, {}, 'config', '`provenance`'],
    [
      'platforms that this builder cannot make',
      { platforms: 'linux/amd64,linux/arm64' },
      {},
      'config',
      '`platforms`',
    ],
    ['annotations that this builder would lose', { annotations: 'a=b' }, {}, 'config', '`annotations`'],
    ['an agent that is not there', { ssh: 'default' }, { SSH_AUTH_SOCK: '' }, 'config', 'SSH_AUTH_SOCK'],
    ['a target that is not there', { target: 'serve' }, {}, 'config', '`target`'],
    [
      'a secret that is not in the job',
      { 'secret-envs': 'pip=PIP_TOKEN' },
      {},
      'config',
      'for the secret pip is not set',
    ],
    ['a DOCKER_AUTH_CONFIG that is none', {}, { DOCKER_AUTH_CONFIG: 'x' }, 'config', 'DOCKER_AUTH_CONFIG'],
    [
      'a machine without docker',
      {},
      { PATH: '/nowhere' },
      'config',
      'neither docker nor buildx is on the PATH',
    ],
  ]
  test.each(elsewhere)('of %s', async (_what, given, env, kind, says) => {
    if (given['context'] === 'link')
      await symlink(join(fixture.workspace, '..'), join(fixture.workspace, 'link'))
    const { failure } = await fixture.push(given, env)
    expect(failure?.kind).toBe(kind)
    expect(failure?.message).toContain(says)
  })

  test('of a buildx that is too old', async () => {
    const bin = join(fixture.workspace, '..', 'old')
    await mkdir(bin)
    await writeFile(join(bin, 'docker'), '#!/bin/sh\necho github.com/docker/buildx v0.25.0 abc\n', {
      mode: 0o755,
    })
    const { failure } = await fixture.push({}, { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` })
    expect(failure?.kind).toBe('config')
    expect(failure?.message).toContain(
      'only 0.26 and newer take the token of the registry from the environment',
    )
  })
})

describe('a server that fails is no success', () => {
  const faults: [FaultMode, kind: string][] = [
    ['hang', 'timeout'],
    ['html', 'upstream'],
    ['empty', 'upstream'],
    ['wrongjson', 'upstream'],
    ['status:403', 'auth'],
  ]
  test.each(faults)('%j', async (mode, kind) => {
    const server = await startFaultServer({ modes: [mode] })
    try {
      const { failure } = await fixture.push(
        // A deadline is short only where meeting it is the point.
        { 'request-timeout': kind === 'timeout' ? '300ms' : '10s' },
        { AWS_ENDPOINT_URL_ECR: server.url },
      )
      expect(failure?.kind).toBe(kind)
    } finally {
      await server.close()
    }
  })
})
