import { execFile } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFileAt } from '@mlops-actions/sandbox/github'
import { type BundleOptions, runBundle } from '../../../test/harness/bundle.ts'
import { FILE, type Fixture, manifest, startFixture, step, V1 } from './fixture.ts'

/** Repeats the moments of a run that failed: its tests are named after the seed. */
const SEED = Number(process.env['KILL_SEED'] ?? randomInt(1_000_000))
const KILLS = 6

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const git = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)('git', args, { cwd: fixture.repository.directory })).stdout.trim()

/** Shares of the time that a whole step takes. */
function momentsFor(way: string): readonly number[] {
  const bytes = createHash('sha256').update(`${SEED} ${way}`).digest()
  return Array.from({ length: KILLS }, (_, index) => bytes.readUInt16BE(index * 2) / 65_536)
}

describe.each<[way: string, given: Record<string, string>]>([
  ['git', { transport: 'git' }],
  ['API', { transport: 'api' }],
  ['pull request', { transport: 'api', 'pull-request': 'true' }],
])('by %s', (way, given) => {
  const isProposed = 'pull-request' in given
  const run = (image: string, runId: number, more: BundleOptions = {}) =>
    runBundle('bump-kserve-image', {
      inputs: step({ ...given, image }),
      env: { ...fixture.env, GITHUB_RUN_ID: String(runId) },
      ...more,
    })

  async function timed(image: string, runId: number): Promise<number> {
    const started = performance.now()
    const { code, stdout } = await run(image, runId)
    expect(stdout).not.toContain('::error')
    expect(code).toBe(0)
    return performance.now() - started
  }

  /** What may stand there at any moment: whole commits, a line of them, and files as they were or as they shall be. */
  async function expectWhole(images: readonly string[]): Promise<void> {
    await git('fsck', '--connectivity-only')
    expect(await git('rev-list', '--count', '--min-parents=2', '--all')).toBe('0')
    expect(
      await git('diff', '--name-only', (await git('rev-list', '--max-parents=0', 'main')).trim(), 'main'),
    ).toMatch(isProposed ? /^$/ : /^(?:k8s\/inference\.yaml)?$/)
    const branch = fixture.repository.pulls[0]?.headRef
    const commit = isProposed && branch !== undefined ? await git('rev-parse', branch) : await fixture.head()
    expect(images.map((image) => manifest(image))).toContain(
      await readFileAt(fixture.repository, commit, FILE),
    )
  }

  test(`a step that is killed at random leaves nothing half done, and the next one converges (KILL_SEED=${SEED})`, async () => {
    const image = (index: number) => `registry.example/churn:v${index + 2}`
    const duration = await timed(image(0), 100)
    let last = image(0)
    for (const [index, share] of momentsFor(way).entries()) {
      const wanted = image(index + 1)
      await run(wanted, 101 + index, { signal: 'SIGKILL', cancelWhen: () => delay(share * duration) })
      await expectWhole([V1, last, wanted])
      await timed(wanted, 101 + index)
      await expectWhole([wanted])
      last = wanted
    }
    const ahead = fixture.repository.pulls[0]?.headRef ?? 'main'
    const range = isProposed ? `main..${ahead}` : 'main'
    expect(await git('rev-list', '--count', range)).toBe(isProposed ? '1' : String(KILLS + 2))
    expect(fixture.repository.pulls.filter(({ state }) => state === 'OPEN')).toHaveLength(isProposed ? 1 : 0)
    expect(fixture.repository.pulls).toHaveLength(isProposed ? 1 : 0)
  }, 300_000)
})
