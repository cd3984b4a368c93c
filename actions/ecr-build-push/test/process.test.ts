import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type FaultMode, startFaultServer } from '@mlops-actions/sandbox'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const isManifestPut = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'PUT' && path.includes('/manifests/')
const refusal = (text: string) => ({
  status: 400,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ errors: [{ code: 'TAG_INVALID', message: text }] }),
})

describe('a push', () => {
  test('builds, pushes under every tag, and says by digest what is there', async () => {
    const { code, outputs, summary, errors } = await fixture.push({ tags: 'v1,latest' })
    expect(errors).toEqual([])
    const digest = fixture.repository.tags.get('v1')
    const { host } = fixture.ecr.registryServer
    expect({ code, ...outputs }).toMatchObject({
      code: 0,
      digest,
      tag: 'v1',
      tags: '["v1","latest"]',
      repository: 'ml/churn',
      registry: host,
      image: `${host}/ml/churn@${digest}`,
      'image-tagged': `${host}/ml/churn:v1`,
      changed: 'true',
    })
    expect(fixture.repository.tags.get('latest')).toBe(digest)
    expect(summary).toMatch(/^## ✅ `ml\/churn` has a new image: `sha256:/)
    expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({
      outcome: 'pushed',
      images: [{ digest, layers: 1, size: expect.any(Number) }],
      labels: {
        'org.opencontainers.image.source': 'https://github.com/octo/churn',
        'org.opencontainers.image.revision': '4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a4f2c9e1f0a',
      },
    })
    expect(JSON.parse(outputs['lineage'] ?? '')).toMatchObject({
      action: 'ecr-build-push',
      digest,
      changed: true,
    })
  })

  test('again does the work once: the same outputs, and nothing is changed', async () => {
    const first = await fixture.push()
    const { code, outputs, summary } = await fixture.push()
    expect({ code, changed: outputs['changed'], digest: outputs['digest'] }).toEqual({
      code: 0,
      changed: 'false',
      digest: first.outputs['digest'],
    })
    expect(summary).toContain('already had this image')
  })

  test('of a changed context moves the tag and shows what it was', async () => {
    const before = (await fixture.push()).outputs['digest'] ?? 'none'
    await fixture.write({ 'model.txt': 'new weights' })
    const { outputs, summary } = await fixture.push()
    expect(outputs['changed']).toBe('true')
    expect(summary).toContain(before.slice(0, 19))
  })

  test('goes to the registry that is named, with its token under that very name', async () => {
    const { port } = new URL(fixture.ecr.registryServer.url)
    const { code, outputs } = await fixture.push({ registry: `localhost:${port}` })
    expect({ code, registry: outputs['registry'] }).toEqual({ code: 0, registry: `localhost:${port}` })
    expect((await fixture.calls()).environments).toContain(`{"auths":{"localhost:${port}":{"auth":"`)
  })

  test('hands build arguments, labels, target, file and what concerns the cache on', async () => {
    await fixture.write({
      'images/Dockerfile':
        'ARG NAME\nFROM scratch AS serve\nARG NAME\nLABEL name=$NAME\nCOPY model.txt /\nFROM scratch\n',
    })
    const { code, outputs } = await fixture.push({
      file: 'images/Dockerfile',
      target: 'serve',
      'build-args': 'NAME=$(id) --push; x',
      labels: 'team=churn',
      platforms: 'linux/arm64',
      'no-cache': 'true',
      pull: 'true',
    })
    expect(code).toBe(0)
    expect((await fixture.calls()).words).toMatch(/buildx build.* --no-cache --pull/)
    const manifest = fixture.repository.manifests.get(outputs['digest'] ?? '')
    const { config } = JSON.parse(String(manifest?.bytes))
    const image = JSON.parse(String(fixture.repository.blobs.get(config.digest)))
    expect(image).toMatchObject({
      architecture: 'arm64',
      config: { Labels: { team: 'churn', name: '$(id) --push; x' } },
    })
  })

  test('hands other contexts on, folders by their paths', async () => {
    await fixture.write({ 'models/churn/model.bin': 'weights' })
    // The stand-in has no other contexts, and says so.
    const { code } = await fixture.push({
      'build-contexts': 'model=models/churn\nbase=docker-image://alpine:3.22',
    })
    const { words } = await fixture.calls()
    expect(code).toBe(1)
    expect(words).toMatch(/ --build-context=model=\/\S+\/checkout\/models\/churn /)
    expect(words).toContain(' --build-context=base=docker-image://alpine:3.22 ')
  })

  test('tells buildx the time of the commit', async () => {
    await fixture.push({}, { env: { SOURCE_DATE_EPOCH: '1700000000' } })
    const { environments, words } = await fixture.calls()
    expect(environments).toContain('SOURCE_DATE_EPOCH=1700000000')
    expect(words).toContain('--label=org.opencontainers.image.created=2023-11-14T22:13:20.000Z')
  })

  test('is run again when the registry fails on the way', async () => {
    fixture.ecr.registryServer.faults.push({
      match: isManifestPut,
      times: 4,
      respond: { status: 503, body: '' },
    })
    const { code, outputs } = await fixture.push()
    expect(code).toBe(0)
    expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({ attempts: 2 })
  })

  test('that is too big is a gate that did not pass, with its digest known', async () => {
    const { code, outputs, errors } = await fixture.push({ 'max-size': '10B' })
    expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind: 'gate' })
    expect(outputs['digest']).toBe(fixture.repository.tags.get('v1'))
    expect(outputs['scan-status']).toBe('off')
    expect(errors[0]?.message).toContain('`max-size` is 10 B')
  })
})

describe('a repository that is missing', () => {
  test('is a failure with advice, before anything is built', async () => {
    const { code, outputs, errors } = await fixture.push({ repository: 'ml/none' })
    expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind: 'not-found' })
    expect(errors[0]?.message).toContain('create-repository: true')
    expect((await fixture.calls()).words).not.toContain('buildx build')
  })

  test('is created when that is wanted, as it is wanted', async () => {
    const { code, summary } = await fixture.push({
      repository: 'ml/none',
      'create-repository': 'true',
      'tag-mutability': 'IMMUTABLE',
    })
    expect(code).toBe(0)
    expect(summary).toContain('The repository was created.')
    expect(fixture.ecr.state.registry.repositories.get('ml/none')?.tagMutability).toBe('IMMUTABLE')
  })
})

describe('an immutable tag', () => {
  beforeEach(() => {
    fixture.repository.tagMutability = 'IMMUTABLE'
  })

  test('that names the very image is a success without a change', async () => {
    await fixture.push()
    const text =
      "The image tag 'v1' already exists in the 'ml/churn' repository and cannot be overwritten because the repository is immutable."
    fixture.ecr.registryServer.faults.push({
      match: (request) => isManifestPut(request) && request.path.endsWith('/v1'),
      times: 9,
      respond: refusal(text),
    })
    const { code, outputs } = await fixture.push({ tags: 'v1,v2' })
    expect({ code, digest: outputs['digest'] }).toEqual({
      code: 0,
      digest: fixture.repository.tags.get('v1'),
    })
    expect(fixture.repository.tags.get('v2')).toBe(fixture.repository.tags.get('v1'))
    const { code: again, outputs: same } = await fixture.push({ tags: 'v1' })
    expect({ again, changed: same['changed'] }).toEqual({ again: 0, changed: 'false' })
  })

  test('that names another image is a conflict that shows both digests', async () => {
    const first = (await fixture.push()).outputs['digest']
    await fixture.write({ 'model.txt': 'new weights' })
    const { code, outputs, errors, summary } = await fixture.push()
    expect({ code, kind: outputs['failure-kind'], retryable: outputs['retryable'] }).toEqual({
      code: 1,
      kind: 'conflict',
      retryable: 'false',
    })
    expect(errors[0]?.message).toMatch(new RegExp(`it is ${first}; built was sha256:[0-9a-f]{64}`))
    expect(fixture.repository.tags.get('v1')).toBe(first)
    expect(summary).toContain('has no new image')
  })
})

describe('what is wrong is said', () => {
  test('of the inputs, all at once and before anybody is asked', async () => {
    const { code, outputs, errors } = await fixture.push({ tags: 'a b', 'dry-run': 'yes' })
    expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind: 'config' })
    expect(errors).toHaveLength(1)
    expect(errors[0]?.message).toMatch(/tags: got[\s\S]*dry-run: got "yes"; want true or false/)
    expect(fixture.ecr.requests).toEqual([])
  })

  test('of a Dockerfile, with its line', async () => {
    await fixture.write({ Dockerfile: 'FROM scratch\n\nCOPY nowhere.txt /\n' })
    const { outputs, errors, summary } = await fixture.push()
    expect(outputs['failure-kind']).toBe('workload')
    expect(errors[0]?.message).toContain('Dockerfile:3')
    expect(errors[0]?.message).toContain('Put /nowhere.txt into the context')
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
    const { code, outputs, errors } = await fixture.push()
    expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind })
    expect(errors).toHaveLength(1)
    expect(errors[0]?.message).toContain(`ecr:${action}`)
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
    ['a secret that is not in the job', { 'secret-envs': 'pip=PIP_TOKEN' }, {}, 'config', 'PIP_TOKEN'],
    ['a DOCKER_AUTH_CONFIG that is none', {}, { DOCKER_AUTH_CONFIG: 'x' }, 'config', 'DOCKER_AUTH_CONFIG'],
    ['a machine without docker', {}, { PATH: '/nowhere' }, 'config', 'docker is not installed'],
  ]
  test.each(elsewhere)('of %s', async (_what, given, env, kind, says) => {
    if (given['context'] === 'link')
      await symlink(join(fixture.workspace, '..'), join(fixture.workspace, 'link'))
    const { code, outputs, errors } = await fixture.push(given, { env })
    expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind })
    expect(errors).toHaveLength(1)
    expect(`${errors[0]?.title}\n${errors[0]?.message}`).toContain(says)
  })

  test('of a buildx that is too old', async () => {
    const bin = join(fixture.workspace, '..', 'old')
    await mkdir(bin)
    await writeFile(join(bin, 'docker'), '#!/bin/sh\necho github.com/docker/buildx v0.25.0 abc\n', {
      mode: 0o755,
    })
    const { outputs, errors } = await fixture.push(
      {},
      { env: { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` } },
    )
    expect(outputs['failure-kind']).toBe('config')
    expect(errors[0]?.message).toContain(
      'only 0.26 and newer take the token of the registry from the environment',
    )
  })
})

describe('without a push', () => {
  test('a dry run asks and says, and starts no build', async () => {
    const { code, outputs, summary } = await fixture.push({
      'dry-run': 'true',
      repository: 'ml/none',
      'create-repository': 'true',
    })
    expect({ code, changed: outputs['changed'], digest: outputs['digest'] }).toEqual({
      code: 0,
      changed: 'false',
      digest: undefined,
    })
    expect(summary).toContain('The repository would be created.')
    expect(fixture.ecr.state.registry.repositories.has('ml/none')).toBe(false)
    expect((await fixture.calls()).words).not.toContain('buildx build')
  })

  test('an image is only built, and nobody is asked for anything', async () => {
    const env = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
    const { code, outputs } = await fixture.push({ push: 'false' }, { env })
    expect({ code, digest: outputs['digest'] }).toEqual({ code: 0, digest: undefined })
    expect([fixture.ecr.requests, fixture.ecr.registryServer.requests]).toEqual([[], []])
    expect((await fixture.calls()).words).toContain('buildx build')
  })
})

test('the token is in masks and in the environment of the one build, and nowhere else', async () => {
  const { stdout, stderr, outputs, summary } = await fixture.push(
    {},
    { env: { RUNNER_DEBUG: '1', GITHUB_TOKEN: 'ghs_canary' } },
  )
  const [password = ''] = fixture.ecr.state.registry.sessions.keys()
  const secrets = [password, Buffer.from(`AWS:${password}`).toString('base64'), 'ghs_canary']
  const { words, environments } = await fixture.calls()
  const lines = stdout.split('\n')
  for (const secret of secrets) {
    const shown = lines.filter((line) => line.includes(secret))
    expect(shown.filter((line) => !line.startsWith('::add-mask::'))).toEqual([])
    for (const text of [stderr, JSON.stringify(outputs), summary, words])
      expect(text.includes(secret)).toBe(false)
  }
  expect(lines.slice(0, 2).every((line) => line.startsWith('::add-mask::'))).toBe(true)
  expect(environments.match(/^DOCKER_AUTH_CONFIG=/gm)).toHaveLength(1)
  expect(environments).not.toMatch(/^(?:AWS_|GITHUB_|INPUT_|ACTIONS_)/m)
})

test('a cancelled push ends at once, with all that it started, and leaves no tag', async () => {
  const reached = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  fixture.ecr.registryServer.faults.push({
    match: ({ method, signal }) => {
      if (method !== 'POST') return false
      signal.addEventListener('abort', () => left.resolve())
      reached.resolve()
      return true
    },
    times: 99,
    respond: 'hang',
  })
  const { code, outputs, endedAfter } = await fixture.push({}, { cancelWhen: () => reached.promise })
  // Docker's connection is gone, and it would not be while docker lived.
  await left.promise
  expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 130, kind: 'cancelled' })
  expect(endedAfter).toBeLessThan(5_000)
  expect(fixture.repository.tags.size).toBe(0)
})

describe('a server that fails is no success', () => {
  const faults: [FaultMode, kind: string][] = [
    ['rst', 'upstream'],
    ['hang', 'timeout'],
    ['drip', 'timeout'],
    ['html', 'upstream'],
    ['empty', 'upstream'],
    ['wrongjson', 'upstream'],
    ['status:403', 'auth'],
    ['status:503', 'upstream'],
  ]
  test.each(faults)('%j', async (mode, kind) => {
    const server = await startFaultServer({ modes: [mode] })
    try {
      const { code, outputs, errors } = await fixture.push(
        // A deadline is short only where meeting it is the point.
        { 'request-timeout': kind === 'timeout' ? '300ms' : '10s' },
        { env: { AWS_ENDPOINT_URL_ECR: server.url } },
      )
      expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind })
      expect(errors).toHaveLength(1)
    } finally {
      await server.close()
    }
  })
})
