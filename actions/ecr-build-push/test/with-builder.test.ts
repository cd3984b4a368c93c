import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
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

function builder(ready: Promise<ReadyBuilder>, likely: ReadyBuilder | undefined = LIKELY) {
  return { ready: () => ready, likely: () => likely, close: async () => {} }
}

const logIn = (host: string) =>
  writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth: 'YTpi' } } }))

test.each([
  ['the likely one, where the user has no login', '', LIKELY, [HOST], 'likely'],
  ['the likely one, where the user has a login of another registry', 'ghcr.io', LIKELY, [HOST], 'likely'],
  ['the likely one, where the step has no credentials', HOST, LIKELY, [], 'likely'],
  [
    'the one that has answered, where the user has a login of a registry of the step',
    HOST,
    LIKELY,
    ['h', HOST],
    'asked',
  ],
  ['the one that has answered, where only that can say which it is', '', undefined, [HOST], 'asked'],
])('the build is done by %s', async (_what, login, likely, hosts, expected) => {
  if (login !== '') await logIn(login)
  const asked = { ...builder(Promise.resolve(ASKED)), likely: () => likely }
  const used = await withBuilder(world(), asked, hosts, async (_world, { buildx }) => buildx.file)
  expect(used).toBe(expected)
})

test('an answer that is a failure ends the build, and is told when that has ended', async () => {
  const answer = Promise.withResolvers<ReadyBuilder>()
  let ended = false
  const building = withBuilder(world(), builder(answer.promise), [HOST], ({ signal }) => {
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    answer.reject(tooOld)
    return aborted.then(() => {
      ended = true
    })
  })
  await expect(building).rejects.toBe(tooOld)
  expect(ended).toBe(true)
})

test('a failure that comes before the build has begun lets it not begin', async () => {
  await logIn(HOST)
  let begun = false
  const building = withBuilder(world(), builder(Promise.reject(tooOld)), [HOST], async () => {
    begun = true
  })
  await expect(building).rejects.toBe(tooOld)
  expect(begun).toBe(false)
})

test('what the build throws is told once the answer is there', async () => {
  const broken = new Error('broken')
  const building = withBuilder(world(), builder(Promise.resolve(ASKED)), [HOST], () => Promise.reject(broken))
  await expect(building).rejects.toBe(broken)
})

test('a cancelled step cancels the build', async () => {
  const step = world()
  const cancelled = new Error('cancelled')
  const building = withBuilder(step, builder(Promise.resolve(ASKED)), [HOST], async ({ signal }) => {
    step.cancel(cancelled)
    signal.throwIfAborted()
  })
  await expect(building).rejects.toBe(cancelled)
})
