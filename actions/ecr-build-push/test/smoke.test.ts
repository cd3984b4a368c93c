import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { assertSame } from '../src/smoke.ts'
import { type Fixture, startFixture } from './fixture.ts'

// Images are started, and asked, in `npm run test:real -- docker`.
let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

/** The calls that a dry run shows, with an engine that is there. */
async function plan(inputs: Record<string, string>): Promise<{ commands: string[]; summary: string }> {
  const engine =
    'case "$1" in version) echo 28.0.4; exit;; context) echo unix:///run/docker.sock; exit;; esac'
  const given = { smoke: '8080/ready', 'dry-run': 'true', reuse: 'false', ...inputs }
  const { failure, outputs, summary } = await fixture.push(given, { PATH: await fixture.before(engine) })
  expect(failure).toBeUndefined()
  const { commands } = JSON.parse(outputs['report'] ?? '{}')
  return { commands: commands.map((command: string[]) => command.join(' ')), summary }
}

describe('a smoke check in a dry run', () => {
  test('is a build into the engine, and then the push of the same out of the cache', async () => {
    const { commands, summary } = await plan({ 'no-cache': 'true', pull: 'true', 'cache-to': 'type=gha' })
    expect(commands).toHaveLength(2)
    expect(commands[0]).toMatch(/ --load .* --no-cache --pull /)
    expect(commands[0]).not.toMatch(/--push|--cache-to/)
    expect(commands[1]).toMatch(/ --push .*--cache-to=type=gha/)
    expect(commands[1]).not.toMatch(/--load|--no-cache|--pull/)
    expect(summary).toContain('Then the image would be started and asked for /ready, and:')
  })

  test('is all there is to do without a push', async () => {
    const { commands, summary } = await plan({ push: 'false' })
    expect(commands).toEqual([expect.stringContaining(' --load ')])
    expect(summary).toContain('Then the image would be started and asked for /ready.')
    expect(summary).toContain('Nothing would be pushed.')
  })

  test.each([{ 'cache-to': 'type=gha' }, { outputs: 'type=local,dest=out' }])(
    'is followed by a build where that has to write something: %j',
    async (inputs) => {
      const { commands } = await plan({ push: 'false', ...inputs })
      expect(commands).toHaveLength(2)
      expect(commands[1]).not.toMatch(/--load|--push/)
    },
  )
})

describe('the image that is pushed', () => {
  const asked = `sha256:${'a'.repeat(64)}`
  const record = { steps: [], text: [], made: { manifest: undefined, config: undefined } }
  const smoked = {
    result: { port: 8080, status: 200, waited: 1 },
    path: '/ready',
    run: { record, metadata: { digest: asked, config: asked }, failure: undefined, attempts: 1 },
  }
  const pushed = (config: string | undefined) => ({
    digest: `sha256:${'d'.repeat(64)}`,
    images: config === undefined ? [] : [{ config }],
  })
  const target = { name: 'host/ml/churn' }
  let world: TestWorld
  beforeEach(() => {
    world = testWorld()
  })

  test('is the one that has answered, by the configuration that the registry has', () => {
    expect(() => assertSame(world.log, target, smoked, pushed(asked))).not.toThrow()
    expect(() => assertSame(world.log, target, undefined, pushed('another'))).not.toThrow()
  })

  test.each([
    ['buildx', undefined, 'another'],
    ['the registry', asked, undefined],
  ])('is not compared where %s says no configuration, which is a warning', (who, config, stored) => {
    const metadata = { digest: asked, config }
    assertSame(world.log, target, { ...smoked, run: { ...smoked.run, metadata } }, pushed(stored))
    expect(world.lines).toEqual([expect.stringMatching(`^warning: .*${who} does not say its configuration`)])
  })

  test('is not to be deployed where it is another one', () => {
    expect(() => assertSame(world.log, target, smoked, pushed('another'))).toThrow(
      expect.objectContaining({
        kind: 'integrity',
        code: 'SMOKE_OTHER_IMAGE',
        message: expect.stringMatching(
          /asked was .*aaaa, and pushed was another.*Do not deploy it, though its tags/s,
        ),
      }),
    )
  })
})
