import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

describe('an image for each platform', () => {
  test('is pushed without a tag, made one by a merge that starts no program, and taken again by the next run', async () => {
    const build = (platforms: string) =>
      fixture.push({ tags: '', 'push-by-digest': 'true', builder: 'native', platforms })
    const amd64 = await build('linux/amd64')
    const arm64 = await build('linux/arm64')
    expect(arm64.failure).toBeUndefined()
    expect(arm64.outputs).toMatchObject({ tag: '', tags: '[]', 'image-tagged': '', changed: 'true' })
    expect(arm64.summary).toContain('No tag names it')
    // Nothing but the content keys.
    expect([...fixture.repository.tags.keys()].filter((tag) => !tag.startsWith('ctx-'))).toEqual([])

    const digests = JSON.stringify({ amd64: amd64.outputs['digest'], arm64: arm64.outputs['digest'] })
    const merged = await fixture.push({ mode: 'merge', digests, tags: 'v1,latest' }, { PATH: '/nowhere' })
    expect(merged.failure).toBeUndefined()
    const index = fixture.repository.manifests.get(merged.outputs['digest'] ?? '')
    expect(JSON.parse(String(index?.bytes)).manifests).toMatchObject([
      { digest: amd64.outputs['digest'], platform: { os: 'linux', architecture: 'amd64' } },
      { digest: arm64.outputs['digest'], platform: { os: 'linux', architecture: 'arm64' } },
    ])
    expect(fixture.repository.tags.get('latest')).toBe(merged.outputs['digest'])

    const again = await build('linux/arm64')
    expect(again.outputs).toMatchObject({
      'cache-hit': 'true',
      changed: 'false',
      digest: arm64.outputs['digest'],
    })
  })

  test('cannot be pushed so by the builder of Docker itself, which is said with what can', async () => {
    const { failure } = await fixture.push({
      tags: '',
      'push-by-digest': 'true',
      reuse: 'false',
    })
    expect(failure?.kind).toBe('config')
    expect(failure?.message).toContain('the input `push-by-digest`')
    expect(failure?.message).toContain('docker/setup-buildx-action')
  })
})
