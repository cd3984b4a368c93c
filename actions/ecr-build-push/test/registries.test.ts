import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

describe('a base image in a registry that `registries` names', () => {
  test('is read by the one child with a token of its own, and by the content key, which needs no child', async () => {
    const base = addRepository(fixture.ecr.state.registry, 'ml/base', Date.now())
    await fixture.push({ repository: 'ml/base', tags: '1', reuse: 'false' })
    expect(base.tags.has('1')).toBe(true)
    // By another name it is another registry to Docker.
    const other = `localhost:${new URL(fixture.ecr.registryServer.url).port}`
    await fixture.write({ Dockerfile: `FROM ${other}/ml/base:1\nCOPY model.txt /\n` })
    expect((await fixture.push({ tags: 'v0' })).failure).toBeDefined()

    const built = await fixture.pushBundle({ tags: 'v1', registries: other })
    expect(built.errors).toEqual([])
    const { words, environments } = await fixture.calls()
    const [, given = '{}'] = /^DOCKER_AUTH_CONFIG=(.*"localhost.*)$/m.exec(environments) ?? []
    const { auths } = JSON.parse(given)
    expect(Object.keys(auths).toSorted()).toEqual([fixture.ecr.registryServer.host, other].toSorted())
    const { auth } = auths[other]
    const said = built.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    expect([words, ...said, built.summary, JSON.stringify(built.outputs)].join('\n')).not.toContain(auth)

    const again = await fixture.push({ tags: 'v2', registries: other }, { PATH: '/nowhere' })
    expect(again.outputs).toMatchObject({ 'cache-hit': 'true', digest: built.outputs['digest'] })
  })
})
