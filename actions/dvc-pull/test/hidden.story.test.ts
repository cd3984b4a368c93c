import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { runBundle } from '../../../test/harness/bundle.ts'
import { expectHidden, SEPARATORS } from '../../../test/harness/hidden.ts'
import { type Fixture, md5Of, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

test.each(SEPARATORS)('shows %j nowhere in long lists and tables, where names have it', async (secret) => {
  const contents = Array.from({ length: 120 }, (_, at) => `${at}`)
  const entries = contents.map(
    (content, at) => `{"md5": "${md5Of(content)}", "relpath": ${JSON.stringify(`${secret}/f${at}`)}}`,
  )
  const listing = `[${entries.join(', ')}]`
  const oid = `${md5Of(listing)}.dir`
  await fixture.store(listing, oid)
  for (const content of contents) await fixture.store(content, md5Of(content))
  await fixture.write('wide.dvc', `outs:\n- md5: ${oid}\n  hash: md5\n  path: wide\n`)
  const temp = await mkdtemp(join(tmpdir(), 'dvc-pull-hidden-'))
  const given = { 'import-token': secret, targets: 'wide' }
  const job = { env: { ...fixture.env, RUNNER_TEMP: temp }, workspace: fixture.workspace }
  const pulled = await runBundle('dvc-pull', { ...job, inputs: given })
  expect([pulled.code, pulled.outputs['downloaded']]).toEqual([0, '120'])
  for (const content of contents.slice(0, 55)) fixture.lose(md5Of(content))
  await rm(join(fixture.workspace, 'wide'), { recursive: true })
  const failed = await runBundle('dvc-pull', { ...job, inputs: given })
  expect([failed.code, failed.outputs['failure-kind']]).toEqual([1, 'integrity'])
  await expectHidden([pulled, failed], temp, secret)
  await rm(temp, { recursive: true })
})
