import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
let file: string
beforeEach(async () => {
  fixture = await startFixture()
  file = join(fixture.workspace, '..', 'artifacts')
  writeFileSync(file, '')
})
afterEach(() => fixture.close())

const declared = (): string => readFileSync(file, 'utf8')

test('a pushed image is declared for attestation by its name and digest', async () => {
  const { code, outputs } = await fixture.pushBundle({}, { env: { GITHUB_ARTIFACTS: file } })
  expect(code).toBe(0)
  expect(declared()).toBe(`oci://${outputs['image']}\n`)
})

test('so is one that is reused, which another job may attest', async () => {
  await fixture.pushBundle()
  const { outputs } = await fixture.pushBundle({ tags: 'v2' }, { env: { GITHUB_ARTIFACTS: file } })
  expect([outputs['cache-hit'], declared()]).toEqual(['true', `oci://${outputs['image']}\n`])
})

test.each([
  ['a dry run', { 'dry-run': 'true' }, 0],
  ['a build without a push', { push: 'false' }, 0],
  ['an image that no gate lets pass', { 'max-size': '1B' }, 1],
])('%s declares nothing', async (_what, inputs, code) => {
  const ended = await fixture.pushBundle(inputs, { env: { GITHUB_ARTIFACTS: file } })
  expect(ended.code).toBe(code)
  expect(declared()).toBe('')
})
