import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addRepository } from '@mlops-actions/sandbox/registry'
import type { EndedStep } from '../../../test/harness/step.ts'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const DAY = 86_400_000
/** A PATH on which no program can be found. */
const WITHOUT_PROGRAMS = { PATH: '/nowhere' }

function keyTags(): readonly string[] {
  return [...fixture.repository.tags.keys()].filter((tag) => tag.startsWith('ctx-'))
}

function reuseOf({ outputs }: EndedStep): {
  outcome: string
  reason?: string
  key?: { bases: readonly object[] }
} {
  return JSON.parse(outputs['report'] ?? '{}').reuse
}

/** What was asked of the API since the last call of this function. */
function operations(): readonly string[] {
  return fixture.ecr.requests
    .splice(0)
    .map(({ headers }) => (headers['x-amz-target'] ?? '').replace(/^.*\./, ''))
}

async function grow(days: number): Promise<void> {
  for (const [digest, manifest] of fixture.repository.manifests)
    fixture.repository.manifests.set(digest, { ...manifest, pushedAt: Date.now() - days * DAY })
}

async function asEvent(event: string, ref: string, more: Record<string, string> = {}) {
  const path = join(fixture.workspace, '../event.json')
  await writeFile(path, JSON.stringify({ repository: { default_branch: 'main' } }))
  return { GITHUB_EVENT_NAME: event, GITHUB_REF: ref, GITHUB_EVENT_PATH: path, ...more }
}

describe('the same content again', () => {
  test('is tagged, byte for byte the same image, and no program is started', async () => {
    const first = await fixture.push({ tags: 'v1' })
    expect(first.outputs['cache-hit']).toBe('false')
    expect(keyTags()).toHaveLength(1)
    operations()
    const second = await fixture.push({ tags: 'v2,latest' }, WITHOUT_PROGRAMS)
    expect(second.failure).toBeUndefined()
    expect(second.outputs).toMatchObject({
      'cache-hit': 'true',
      changed: 'true',
      digest: first.outputs['digest'],
      tag: 'v2',
      image: first.outputs['image'],
    })
    expect(['v2', 'latest'].map((tag) => fixture.repository.tags.get(tag))).toEqual(
      Array(2).fill(first.outputs['digest']),
    )
    const asked = operations()
    expect(asked.filter((name) => name === 'PutImage')).toHaveLength(2)
    expect(asked[0]).toBe('BatchGetImage')
    expect(second.summary).toContain('**Reused:**')
    expect(second.summary).toContain('`v1`')
    expect(JSON.parse(second.outputs['lineage'] ?? '')).toMatchObject({ reused: true, revision: null })
  })

  test('under the same tags changes nothing and puts nothing', async () => {
    await fixture.push()
    operations()
    const { outputs } = await fixture.push({}, WITHOUT_PROGRAMS)
    expect(outputs).toMatchObject({ 'cache-hit': 'true', changed: 'false' })
    expect(operations()).not.toContain('PutImage')
  })

  test('is only said in a dry run', async () => {
    await fixture.push()
    operations()
    const { outputs, summary } = await fixture.push({ tags: 'v2', 'dry-run': 'true' }, WITHOUT_PROGRAMS)
    expect(outputs).toMatchObject({ 'cache-hit': 'false', changed: 'false' })
    expect(summary).toContain('**Nothing would be built:**')
    expect(operations()).not.toContain('PutImage')
  })

  describe('is held to the gates all the same, before it gets a tag:', () => {
    beforeEach(async () => {
      await fixture.push({ tags: 'v1' })
      fixture.repository.scanOnPush = true
      fixture.ecr.state.scanner.findings = [
        { name: 'CVE-1', severity: 'HIGH', packageName: 'openssl', packageVersion: '3.0' },
      ]
    })

    test.each([
      ['its size', { 'max-size': '10B', scan: 'wait' }, 'IMAGE_TOO_BIG', 'incomplete'],
      ['its findings', { scan: 'wait', 'fail-on-severity': 'HIGH' }, 'SCAN_FINDINGS', 'failed'],
    ])('%s', async (_gate, inputs, code, scanStatus) => {
      const { failure, outputs } = await fixture.push({ ...inputs, tags: 'v2' }, WITHOUT_PROGRAMS)
      expect(failure).toMatchObject({ kind: 'gate', code })
      expect(outputs).toMatchObject({ 'cache-hit': 'true', changed: 'false', 'scan-status': scanStatus })
      expect(fixture.repository.tags.has('v2')).toBe(false)
    })

    test('what they let pass is tagged', async () => {
      const inputs = { tags: 'v2', 'max-size': '1GB', scan: 'wait', 'fail-on-severity': 'CRITICAL' }
      const { failure, outputs } = await fixture.push(inputs, WITHOUT_PROGRAMS)
      expect(failure).toBeUndefined()
      expect(outputs).toMatchObject({ 'cache-hit': 'true', 'scan-status': 'passed' })
      expect(fixture.repository.tags.has('v2')).toBe(true)
    })
  })

  test('needs no token where the host of the registry is given', async () => {
    await fixture.push()
    fixture.ecr.state.registry.deny.push({ action: 'ecr:GetAuthorizationToken' })
    const { port } = new URL(fixture.ecr.registryServer.url)
    const { failure, outputs } = await fixture.push({ registry: `localhost:${port}` }, WITHOUT_PROGRAMS)
    expect([failure, outputs['cache-hit']]).toEqual([undefined, 'true'])
  })

  test('is no way past a registry that is not ECR', async () => {
    await fixture.push()
    const { failure } = await fixture.push({ registry: 'ghcr.io' })
    expect(failure?.message).toContain('is no registry of ECR')
  })
})

describe('an immutable tag', () => {
  beforeEach(() => {
    fixture.repository.tagMutability = 'IMMUTABLE'
  })

  test('of the image that is reused is a success', async () => {
    await fixture.push({ tags: 'v1' })
    const { failure, outputs } = await fixture.push({ tags: 'v1,v2' }, WITHOUT_PROGRAMS)
    expect([failure, outputs['changed']]).toEqual([undefined, 'true'])
  })

  test('of another image is a conflict with both digests, and nothing has moved', async () => {
    const one = (await fixture.push({ tags: 'v1' })).outputs['digest']
    await fixture.write({ 'model.txt': 'new weights' })
    const other = (await fixture.push({ tags: 'v2' })).outputs['digest']
    const { failure, outputs } = await fixture.push({ tags: 'v3,v1' }, WITHOUT_PROGRAMS)
    expect(failure?.kind).toBe('conflict')
    expect(outputs).toMatchObject({ digest: other, repository: 'ml/churn' })
    expect(failure?.message).toContain(`it is ${one}; reused would be ${other}`)
    expect(fixture.repository.tags.has('v3')).toBe(false)
  })

  test('of the content key stays, and the build is a success', async () => {
    await fixture.push()
    const [tag = ''] = keyTags()
    await fixture.write({ 'model.txt': 'new weights' })
    const other = (await fixture.push({ tags: 'v2', reuse: 'false' })).outputs['digest'] ?? ''
    await fixture.write({ 'model.txt': 'weights' })
    fixture.repository.tags.set(tag, other)
    await grow(8)
    const { failure, outputs, log } = await fixture.push({ tags: 'v3' })
    expect([failure, outputs['cache-hit']]).toEqual([undefined, 'false'])
    expect(log).toContain(`${tag} stays on another image`)
    expect(fixture.repository.tags.get(tag)).toBe(other)
  })
})

describe('an image is built all the same', () => {
  const cases: [what: string, inputs: Record<string, string>, reason: string][] = [
    ['without `reuse`', { reuse: 'false' }, '`reuse` is off'],
    ['with a `max-age` of 0', { 'max-age': '0' }, '`max-age` is 0'],
    ['of another argument', { 'build-args': 'A=1' }, 'no image has this content key'],
  ]
  test.each(cases)('%s', async (_, inputs, reason) => {
    await fixture.push()
    const step = await fixture.push(inputs)
    expect([step.failure, step.outputs['cache-hit']]).toEqual([undefined, 'false'])
    expect(reuseOf(step).reason).toContain(reason)
    expect(step.summary).toContain(reason)
  })

  test('where the image is older than `max-age`', async () => {
    await fixture.push()
    await grow(8)
    const step = await fixture.push()
    expect(step.outputs['cache-hit']).toBe('false')
    expect(reuseOf(step).reason).toContain('older than `max-age`')
    expect(step.summary).toContain('it is built without any cache')
    const builds = (await fixture.calls()).words
      .split('\n')
      .filter((words) => words.startsWith('buildx build'))
    expect(builds.map((words) => words.includes('--no-cache'))).toEqual([false, true])
    await fixture.write({ 'model.txt': 'new weights' })
    await fixture.push()
    await fixture.push({ reuse: 'false' })
    await fixture.push({ 'max-age': '0' })
    expect((await fixture.calls()).words.split('--no-cache')).toHaveLength(2)
    await fixture.write({ 'model.txt': 'weights' })
    expect((await fixture.push({ 'max-age': '9d' })).outputs['cache-hit']).toBe('true')
  })

  test('where the role may not see ages, which is said and is no failure', async () => {
    await fixture.push()
    fixture.ecr.state.registry.deny.push({ action: 'ecr:DescribeImages' })
    const step = await fixture.push()
    expect([step.failure, step.outputs['cache-hit']]).toEqual([undefined, 'false'])
    expect(reuseOf(step).reason).toContain('ecr:DescribeImages')
    expect(step.log).toContain('No image is reused')
  })

  test('where a base cannot be asked for, whatever becomes of the build', async () => {
    await fixture.write({ Dockerfile: 'FROM 127.0.0.1:1/none:1 AS x\nFROM scratch\nCOPY model.txt /\n' })
    const { log } = await fixture.push()
    expect(log).toMatch(/No image is reused: 127\.0\.0\.1:1 did not say the digest of 127\.0\.0\.1:1\/none:1/)
    expect(keyTags()).toEqual([])
  })

  test('where what has the content key is not what its digest was made from', async () => {
    const { digest: built } = (await fixture.push()).outputs
    const [tag = ''] = keyTags()
    const digest = `sha256:${'0'.repeat(64)}`
    const stored = fixture.repository.manifests.get(built ?? '')
    if (stored !== undefined) fixture.repository.manifests.set(digest, { ...stored, digest })
    fixture.repository.tags.set(tag, digest)
    const step = await fixture.push({ tags: 'v2' })
    expect([step.failure, step.outputs['cache-hit']]).toEqual([undefined, 'false'])
    expect(reuseOf(step).reason).toContain(`the manifest that came has the digest ${built}`)
    expect(fixture.repository.tags.get(tag)).toBe(built)
  })

  test('where an image of an index has gone', async () => {
    await fixture.push()
    const [tag = ''] = keyTags()
    const child = fixture.repository.tags.get('v1') ?? ''
    const index = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        manifests: [child, `sha256:${'0'.repeat(64)}`].map((digest) => ({ digest, size: 1 })),
      }),
    )
    const digest = `sha256:${createHash('sha256').update(index).digest('hex')}`
    const mediaType = 'application/vnd.oci.image.index.v1+json'
    fixture.repository.manifests.set(digest, { digest, mediaType, bytes: index, pushedAt: Date.now() })
    fixture.repository.tags.set(tag, digest)
    const step = await fixture.push()
    expect(reuseOf(step).reason).toContain('not all of its images are there')
    expect(fixture.repository.tags.get(tag)).toBe(child)
  })
})

describe('between the look and the tag', () => {
  const answer = (type: string) => ({
    match: ({ headers }: { readonly headers: object }) => JSON.stringify(headers).includes('.PutImage'),
    times: 1,
    respond: {
      status: 400,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({ __type: type, message: 'said by ECR' }),
    },
  })

  test('a part of the image may go, which is said as what it is and may pass', async () => {
    await fixture.push()
    fixture.ecr.faults.push(answer('ReferencedImagesNotFoundException'))
    const { failure } = await fixture.push({ tags: 'v2' }, WITHOUT_PROGRAMS)
    expect(failure).toMatchObject({ kind: 'upstream', code: 'ECR_INCOMPLETE', retryable: true })
  })

  test('the repository may go', async () => {
    await fixture.push()
    fixture.ecr.faults.push(answer('RepositoryNotFoundException'))
    const { failure } = await fixture.push({ tags: 'v2' }, WITHOUT_PROGRAMS)
    expect(failure).toMatchObject({ kind: 'not-found', code: 'ECR_NO_REPOSITORY' })
  })

  test('another job may put the content key on this very image, which is no other one', async () => {
    const answered = answer('ImageTagAlreadyExistsException')
    const { tags } = fixture.repository
    fixture.ecr.faults.push({
      ...answered,
      match: (request) => {
        if (!answered.match(request)) return false
        const { imageTag, imageDigest } = JSON.parse(String(request.body))
        tags.set(imageTag, imageDigest)
        return true
      },
    })
    const { failure, log } = await fixture.push()
    expect([failure, keyTags().length]).toEqual([undefined, 1])
    expect(log).not.toContain('stays on another image')
  })
})

describe('what a base is counts, and not what it is called', () => {
  test('another image under its tag is another key', async () => {
    const bases = addRepository(fixture.ecr.state.registry, 'ml/base', Date.now())
    await fixture.push({ repository: 'ml/base', tags: 'old', reuse: 'false' })
    await fixture.write({ 'model.txt': 'other' })
    await fixture.push({ repository: 'ml/base', tags: 'new', reuse: 'false' })
    bases.tags.set('1', bases.tags.get('old') ?? '')
    const { host } = fixture.ecr.registryServer
    const [password = ''] = fixture.ecr.state.registry.sessions.keys()
    const auth = btoa(`AWS:${password}`)
    const config = join(fixture.workspace, '../config')
    await mkdir(config)
    await writeFile(join(config, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
    await fixture.write({ Dockerfile: `FROM ${host}/ml/base:1\nCOPY model.txt /\n` })
    const env = { DOCKER_CONFIG: config }
    const first = await fixture.push({}, env)
    expect(reuseOf(first).key?.bases).toEqual([{ name: `${host}/ml/base:1`, digest: bases.tags.get('old') }])
    expect((await fixture.push({}, env)).outputs['cache-hit']).toBe('true')
    expect((await fixture.calls()).words).toContain(
      `--build-context=${host}/ml/base:1=docker-image://${host}/ml/base:1@${bases.tags.get('old')}`,
    )
    bases.tags.set('1', bases.tags.get('new') ?? '')
    expect((await fixture.push({}, env)).outputs['cache-hit']).toBe('false')
  })
})

test('a context with a .git is told how to be reused', async () => {
  await fixture.write({ '.git/HEAD': 'ref: refs/heads/main' })
  const { summary } = await fixture.push({ 'dry-run': 'true' })
  expect(summary).toContain('leave it out by a line `.git` in')
})

test('a base in ECR is asked for by the API, and one that is not there is said', async () => {
  await fixture.push({ reuse: 'false' })
  const host = '123456789012.dkr.ecr.us-east-1.amazonaws.com'
  await fixture.write({ Dockerfile: `FROM ${host}/ml/churn:v1\nCOPY model.txt /\n` })
  const tags = Array.from({ length: 100 }, (_, at) => `t${at}`).join(',')
  const found = await fixture.push({ 'dry-run': 'true', tags })
  expect(reuseOf(found)).toMatchObject({
    outcome: 'miss',
    key: {
      bases: [
        {
          name: '….dkr.ecr.us-east-1.amazonaws.com/ml/churn:v1',
          digest: fixture.repository.tags.get('v1'),
        },
      ],
    },
  })
  await fixture.write({ Dockerfile: `FROM ${host}/ml/churn:v2\n` })
  const missing = await fixture.push({ 'dry-run': 'true' })
  expect(reuseOf(missing).reason).toContain('ml/churn:v2 is not in ECR')
})

test('a trusted ref takes nothing that a pull request has made, and takes what it made itself', async () => {
  const main = await asEvent('push', 'refs/heads/main')
  const request = { GITHUB_REF_PROTECTED: 'true' }
  const made = await fixture.push({}, await asEvent('pull_request_target', 'refs/heads/main', request))
  expect(made.summary).toContain('(other scope)')
  const trusted = await fixture.push({}, main)
  expect(trusted.summary).toContain('(trusted scope)')
  expect(trusted.outputs['cache-hit']).toBe('false')
  expect(keyTags()).toHaveLength(2)
  expect((await fixture.push({}, main)).outputs['cache-hit']).toBe('true')
})

test('without a push the key is shown where nobody has to be asked', async () => {
  const { log, summary } = await fixture.push({ push: 'false', 'dry-run': 'true' })
  expect(log).toMatch(/Content key ctx-[0-9a-f]{64}/)
  expect(summary).toContain('without a push nobody is asked')
  expect(fixture.ecr.requests).toEqual([])
})

test('a builder counts where only it decides for which machine is built', async () => {
  const keyOf = async (inputs: Record<string, string>) =>
    /ctx-[0-9a-f]{64}/.exec((await fixture.push({ push: 'false', 'dry-run': 'true', ...inputs })).log)?.[0]
  const [one, other] = [await keyOf({ builder: 'amd' }), await keyOf({ builder: 'arm' })]
  expect(one).toBeDefined()
  expect(other).not.toBe(one)
  const platforms = 'linux/amd64'
  expect(await keyOf({ builder: 'amd', platforms })).toBe(await keyOf({ builder: 'arm', platforms }))
})

test('a platform counts by what it is, and not by which of its names is given', async () => {
  await fixture.write({ Dockerfile: 'FROM scratch\nCOPY model.txt /\n' })
  const keyOf = async (platforms: string) =>
    /ctx-[0-9a-f]{64}/.exec((await fixture.push({ push: 'false', 'dry-run': 'true', platforms })).log)?.[0]
  const key = await keyOf('linux/arm64,linux/arm')
  expect(key).toBeDefined()
  expect(await keyOf('linux/arm64/v8,linux/arm/v7,linux/aarch64')).toBe(key)
  expect(await keyOf('linux/arm64,linux/arm/v6')).not.toBe(key)
})

test('values of build arguments are shown nowhere', async () => {
  const { log, summary, outputs } = await fixture.push({ 'build-args': 'TOKEN=c4n4ry' })
  for (const text of [log, summary, JSON.stringify(outputs)]) expect(text).not.toContain('c4n4ry')
})
