import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type BundleOptions, runBundle } from '../../../test/harness/bundle.ts'
import { type Fixture, startFixture, step, TOKEN, V1, V2 } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

function runStep(given: Readonly<Record<string, string>>, { env, ...more }: BundleOptions = {}) {
  return runBundle('bump-kserve-image', { ...more, inputs: step(given), env: { ...fixture.env, ...env } })
}

const isPush = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path.endsWith('git-receive-pack')
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64')

describe.each(['git', 'api'])('the step, by %s,', (transport) => {
  test('succeeds with its outputs and its summary, and leaves nothing behind', async () => {
    const { code, outputs, summary, stdout } = await runStep({ transport, image: V2 })
    expect(stdout).not.toContain('::error')
    expect(code).toBe(0)
    expect(outputs).toMatchObject({
      changed: 'true',
      'commit-sha': await fixture.head(),
      'previous-image': V1,
      'new-image': V2,
      files: '["k8s/inference.yaml"]',
      attempts: '1',
    })
    expect(JSON.parse(outputs['lineage'] ?? '')).toMatchObject({
      action: 'bump-kserve-image',
      sha: 'c'.repeat(40),
      'new-image': V2,
    })
    expect(summary).toMatch(/^## ✅ churn has its new image/)
    expect((await readdir(fixture.temp)).filter((name) => name.startsWith('gitops-'))).toEqual([])
  })

  test('gives its command of validate neither tokens nor inputs', async () => {
    const validate = `env > '${join(fixture.temp, 'seen')}'; ! env | grep -i -e ^INPUT_ -e TOKEN -e '${BASIC}'`
    const more = { GITHUB_TOKEN: TOKEN, AWS_SECRET_ACCESS_KEY: 'canary-key', ACTIONS_RUNTIME_TOKEN: 'canary' }
    expect((await runStep({ transport, image: V2, validate }, { env: more })).code).toBe(0)
    const seen = await readFile(join(fixture.temp, 'seen'), 'utf8')
    expect(seen).toContain('PATH=')
    expect(seen).not.toContain('canary')
  })

  test('shows its token nowhere but in masks: neither in the log, the outputs, the summary nor an argument of git', async () => {
    const calls = await spyOnGit()
    const { stdout, stderr, outputs, summary } = await runStep(
      { transport, image: V2 },
      { env: { PATH: `${join(fixture.temp, 'spy')}:${process.env['PATH']}`, RUNNER_DEBUG: '1' } },
    )
    const lines = stdout.split('\n')
    const argv = await readFile(calls, 'utf8')
    if (transport === 'git') expect(argv).toContain('push --porcelain')
    for (const secret of transport === 'git' ? [TOKEN, BASIC] : [TOKEN]) {
      const shown = lines.findIndex((line) => line.includes(secret))
      expect(lines[shown]).toBe(`::add-mask::${secret}`)
      expect(lines.filter((line) => line.includes(secret) && !line.startsWith('::add-mask::'))).toEqual([])
      expect(
        [stderr, JSON.stringify(outputs), summary, argv].filter((text) => text.includes(secret)),
      ).toEqual([])
    }
  })
})

describe('the step', () => {
  test('fails with every wrong input in one annotation', async () => {
    const { code, outputs, stdout } = await runStep({ file: '/etc/passwd', 'dry-run': 'yes' })
    expect(code).toBe(1)
    expect(outputs).toMatchObject({ 'failure-kind': 'config', retryable: 'false' })
    const annotations = stdout.split('\n').filter((line) => line.startsWith('::error'))
    expect(annotations).toHaveLength(1)
    expect(annotations[0]).toMatch(/file: got.*dry-run: got "yes"; want true or false/)
  })

  test('ends at once when it is cancelled, and leaves nothing behind', async () => {
    const pushed = Promise.withResolvers<void>()
    const match = (request: { method: string; path: string }): boolean => {
      if (isPush(request)) pushed.resolve()
      return isPush(request)
    }
    fixture.github.faults.push({ match, times: 1, respond: 'hang' })
    const { code, outputs, endedAfter } = await runStep({ image: V2 }, { cancelWhen: () => pushed.promise })
    expect(endedAfter).toBeLessThan(5_000)
    expect(code).toBe(130)
    expect(outputs['failure-kind']).toBe('cancelled')
    expect((await readdir(fixture.temp)).filter((name) => name.startsWith('gitops-'))).toEqual([])
  })
})

/** A `git` in front of the real one that writes down its arguments. */
async function spyOnGit(): Promise<string> {
  const calls = join(fixture.temp, 'calls')
  await mkdir(join(fixture.temp, 'spy'))
  await writeFile(calls, '')
  const spy = join(fixture.temp, 'spy', 'git')
  await writeFile(
    spy,
    `#!/bin/sh\nprintf '%s\\n' "$*" >> '${calls}'\nPATH='${process.env['PATH']}' exec git "$@"\n`,
  )
  await chmod(spy, 0o755)
  return calls
}
