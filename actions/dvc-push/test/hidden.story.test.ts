import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { runBundle } from '../../../test/harness/bundle.ts'
import { expectHidden, SEPARATORS } from '../../../test/harness/hidden.ts'
import { type Fixture, md5Of, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const keyOf = (content: string) => md5Of(content).replace(/^../, '$&/')

test.each(SEPARATORS)('shows %j nowhere in long lists and tables, where names have it', async (secret) => {
  for (let at = 0; at < 120; at++) await fixture.write(`wide/${secret}/f${at}`, `${at}`)
  const { workspace, temp } = fixture
  const job = { workspace, env: { ...fixture.env, GITHUB_SHA: 'c'.repeat(40), RUNNER_TEMP: temp } }
  const pushed = await runBundle('dvc-push', { ...job, inputs: { token: secret, add: 'wide' } })
  expect([pushed.code, pushed.outputs['uploaded']]).toEqual([0, '125'])
  for (let at = 0; at < 55; at++) fixture.lose(`dvc/files/md5/${keyOf(`${at}`)}`)
  await fixture.remove(`wide/${secret}`)
  await fixture.remove('.dvc/cache')
  const failed = await runBundle('dvc-push', { ...job, inputs: { token: secret } })
  expect([failed.code, failed.outputs['failure-kind']]).toEqual([1, 'integrity'])
  await expectHidden([pushed, failed], temp, secret)
})
