import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { commitFiles, headOf, readFileAt } from '@mlops-actions/sandbox/github'
import { type BumpRequest, decideBump, landChange } from '../src/index.ts'
import { createWorld, type Fixture, request, service, startFixture, type Transport } from './fixture.ts'
import { git } from './git.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

describe.each<[Transport, number]>([
  ['git', 10],
  ['api', 6],
])('by %s', (transport, writers) => {
  async function bump(asked: BumpRequest) {
    const branch = await fixture.openBranch(transport)
    const decide = decideBump.bind(undefined, asked)
    return landChange(createWorld(), branch, {
      paths: asked.changes.map(({ file }) => file),
      changeId: asked.order.changeId,
      decide,
    })
  }

  async function textOf(path: string): Promise<string> {
    const head = (await headOf(fixture.repository, 'main')) ?? ''
    return readFileAt(fixture.repository, head, path)
  }

  test(`${writers} writers at once all land, none is lost and the history is a line`, async () => {
    const names = Array.from({ length: writers }, (_, index) => `model-${index}`)
    const files = Object.fromEntries(names.map((name) => [`k8s/${name}.yaml`, service(name)]))
    await commitFiles(fixture.github.state, fixture.repository, { files, message: 'Many models' })
    const landed = await Promise.all(
      names.map((name) => bump(request('registry.example/churn:v2', { file: `k8s/${name}.yaml` }))),
    )
    expect(landed.every(({ changed }) => changed)).toBe(true)
    for (const name of names) expect(await textOf(`k8s/${name}.yaml`)).toContain('churn:v2')
    expect(await git(fixture.repository, 'rev-list', '--count', 'main')).toBe(String(writers + 2))
    expect(await git(fixture.repository, 'rev-list', '--count', '--min-parents=2', 'main')).toBe('0')
    expect(new Set(landed.map(({ commit }) => commit)).size).toBe(writers)
  }, 120_000)
})
