import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

describe('a push', () => {
  test('builds, pushes under every tag, and says by digest what is there', async () => {
    const { code, outputs, summary, errors } = await fixture.pushBundle({ tags: 'v1,latest' })
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
})

test('what is wrong with the inputs is said all at once, and before anybody is asked', async () => {
  const { code, outputs, errors } = await fixture.pushBundle({ tags: 'a b', 'dry-run': 'yes' })
  expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 1, kind: 'config' })
  expect(errors).toHaveLength(1)
  expect(errors[0]?.message).toMatch(/tags: got[\s\S]*dry-run: got "yes"; want true or false/)
  expect(fixture.ecr.requests).toEqual([])
})

test('the token is in masks and in the environment of the one build, and nowhere else', async () => {
  const { stdout, stderr, outputs, summary } = await fixture.pushBundle(
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

test('the token stands in no file, neither while docker builds nor afterwards', async () => {
  const root = join(fixture.workspace, '..')
  const folders = ['checkout', 'home', 'tmp', 'runner'].map((name) => join(root, name))
  for (const folder of folders) await mkdir(folder, { recursive: true })
  const [, home = '', tmp = '', runner = ''] = folders
  const seen = join(root, 'seen')
  const path = await fixture.before(
    `auth=$(printf %s "$DOCKER_AUTH_CONFIG" | sed -n 's/.*"auth":"\\([^"]*\\)".*/\\1/p')`,
    'password=$(printf %s "$auth" | base64 -d | cut -c5-)',
    `[ -n "$password" ] && { echo looked; grep -rlF -e "$auth" -e "$password" ${folders.join(' ')}; } >> '${seen}'`,
  )
  const env = {
    PATH: path,
    HOME: home,
    TMPDIR: tmp,
    RUNNER_TEMP: runner,
    DOCKER_CONFIG: join(home, '.docker'),
  }
  expect((await fixture.pushBundle({}, { env })).code).toBe(0)
  expect(await readFile(seen, 'utf8')).toBe('looked\n')
  const [password = ''] = fixture.ecr.state.registry.sessions.keys()
  const secrets = [password, Buffer.from(`AWS:${password}`).toString('base64')]
  for (const folder of folders)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const text = await readFile(join(entry.parentPath, entry.name), 'utf8')
      expect([entry.name, secrets.some((secret) => text.includes(secret))]).toEqual([entry.name, false])
    }
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
  const { code, outputs, endedAfter } = await fixture.pushBundle({}, { cancelWhen: () => reached.promise })
  // Docker's connection is gone, and it would not be while docker lived.
  await left.promise
  expect({ code, kind: outputs['failure-kind'] }).toEqual({ code: 130, kind: 'cancelled' })
  expect(endedAfter).toBeLessThan(5_000)
  expect(fixture.repository.tags.size).toBe(0)
})
