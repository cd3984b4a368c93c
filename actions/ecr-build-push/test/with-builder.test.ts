import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { type ActionWorld, readContext } from '@mlops-actions/runner'
import { testWorld } from '../../../test/harness/world.ts'
import type { ReadyBuilder } from '../src/builder.ts'
import { withBuilder } from '../src/with-builder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'with-builder-'))
})
afterEach(() => rm(folder, { recursive: true }))

const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
const builderOf = (file: string): ReadyBuilder => ({ buildx: { file, first: [] }, env: {}, files: [] })
const [ASKED, LIKELY] = [builderOf('asked'), builderOf('likely')]
const tooOld = new Failure({
  kind: 'config',
  code: 'BUILDX_TOO_OLD',
  what: 'w',
  on: 'o',
  seen: 's',
  next: 'n',
})

function world(): ActionWorld & { readonly cancel: (reason: unknown) => void } {
  return {
    ...testWorld({ env: { DOCKER_CONFIG: folder, PATH: folder } }),
    context: readContext({}),
    output: () => {},
    idToken: () => Promise.reject(new Error('not asked for here')),
  }
}

/** A builder that counts how often it was asked. */
function builder(answer: () => Promise<ReadyBuilder>, likely: ReadyBuilder | undefined = LIKELY) {
  const seen = { asked: 0 }
  const ready = (): Promise<ReadyBuilder> => {
    seen.asked++
    return answer()
  }
  return { seen, ready, likely: () => likely, close: async () => {} }
}

const aim = { hosts: [HOST], isProof: () => true }
const good = async (): Promise<ReadyBuilder> => ASKED
const refuse = (): Promise<never> => Promise.reject(tooOld)
const logIn = (host: string) =>
  writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth: 'YTpi' } } }))

describe('a build is done', () => {
  test.each([
    ['the likely builder, where the user has no login', '', LIKELY, [HOST], 'likely'],
    [
      'the likely builder, where the user’s login is of another registry',
      'ghcr.io',
      LIKELY,
      [HOST],
      'likely',
    ],
    ['the likely builder, where the step has no credentials', HOST, LIKELY, [], 'likely'],
    ['the one that has answered, where the user has a login', HOST, LIKELY, ['h', HOST], 'asked'],
    ['the one that has answered, where only that can say which it is', '', undefined, [HOST], 'asked'],
  ])('by %s', async (_what, login, likely, hosts, expected) => {
    if (login !== '') await logIn(login)
    const asked = { ...builder(good), likely: () => likely }
    const used = await withBuilder(
      world(),
      asked,
      { hosts, isProof: () => true },
      async (_world, { buildx }) => buildx.file,
    )
    expect(used).toBe(expected)
  })

  test('without a question, where it ends well and at once', async () => {
    const [step, unasked] = [world(), builder(refuse)]
    expect(await withBuilder(step, unasked, aim, async () => 'built')).toBe('built')
    // Nor later, when the step has other things to wait for.
    await step.sleep(60_000)
    expect(unasked.seen.asked).toBe(0)
  })
})

describe('a builder that is refused is told', () => {
  test('where the build has failed', async () => {
    const failing = () => Promise.reject(new Error('no basic auth credentials'))
    await expect(withBuilder(world(), builder(refuse), aim, failing)).rejects.toBe(tooOld)
  })

  test('where what was built proves nothing', async () => {
    const built = withBuilder(world(), builder(refuse), { ...aim, isProof: () => false }, async () => 'built')
    await expect(built).rejects.toBe(tooOld)
  })

  test('where the build takes long, which is ended before', async () => {
    let ended = false
    const building = withBuilder(world(), builder(refuse), aim, async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      ended = true
      throw new Error('ended')
    })
    await expect(building).rejects.toBe(tooOld)
    expect(ended).toBe(true)
  })

  test('before anything is built, where the user has a login of the registry', async () => {
    await logIn(HOST)
    let begun = false
    const building = withBuilder(world(), builder(refuse), aim, async () => {
      begun = true
    })
    await expect(building).rejects.toBe(tooOld)
    expect(begun).toBe(false)
  })
})

test('what the build throws is told where the builder is good', async () => {
  const broken = new Error('broken')
  await expect(withBuilder(world(), builder(good), aim, () => Promise.reject(broken))).rejects.toBe(broken)
})

test('a cancelled step cancels the build', async () => {
  const step = world()
  const cancelled = new Error('cancelled')
  const building = withBuilder(step, builder(good), aim, async ({ signal }) => {
    step.cancel(cancelled)
    signal.throwIfAborted()
  })
  await expect(building).rejects.toBe(cancelled)
})
