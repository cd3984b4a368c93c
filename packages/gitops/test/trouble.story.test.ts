import { createHash, randomInt } from 'node:crypto'
import { setImmediate as immediate } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { cancelled, Failure, type World } from '@mlops-actions/diagnostics'
import { commitFiles } from '@mlops-actions/sandbox/github'
import type { Fault } from '@mlops-actions/sandbox/server'
import { git } from '../../../test/harness/server-git.ts'
import { decideBump, landChange } from '../src/index.ts'
import { createWorld, FILE, type Fixture, request, service, startFixture, type Transport } from './fixture.ts'

/** Repeats the troubles of a run that failed: its tests are named after the seed. */
const SEED = Number(process.env['TROUBLE_SEED'] ?? randomInt(1_000_000))

type Random = () => number

/** Numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: string): Random {
  let count = 0
  return () => {
    count += 1
    return createHash('sha256').update(`${seed} ${count}`).digest().readUInt32BE() / 2 ** 32
  }
}

const json = (status: number, message: string) => ({
  status,
  headers: { 'content-type': 'application/json', 'retry-after': '0' },
  body: JSON.stringify({ message }),
})
const KINDS: readonly Fault['respond'][] = [
  'reset',
  'reset-after',
  'truncate',
  json(502, 'Bad gateway'),
  json(503, 'Down'),
  json(429, 'You have exceeded a secondary rate limit'),
]

/** Some of the requests go wrong, each in its own way, until the server is well again. */
function troubleOf(random: Random): Fault[] {
  const share = random() * 0.8
  let left = Math.floor(random() * 20)
  let chosen = -1
  const draw = (): void => {
    const isWell = left === 0 || random() > share
    chosen = isWell ? -1 : Math.floor(random() * KINDS.length)
    if (!isWell) left -= 1
  }
  return KINDS.map((respond, index) => ({
    times: Number.POSITIVE_INFINITY,
    respond,
    match: () => {
      if (index === 0) draw()
      return chosen === index
    },
  }))
}

/** Something that happens when a request has arrived and is not answered yet. */
function when(isDue: (request: number) => boolean, happens: () => void): Fault {
  let requests = 0
  const match = (): boolean => {
    requests += 1
    if (isDue(requests)) happens()
    return false
  }
  return { times: Number.POSITIVE_INFINITY, respond: 'hang', match }
}

/** What a step says became of its commit, which is all that anybody knows when it has ended. */
async function bump(fixture: Fixture, transport: Transport, world: World, changeId: string): Promise<string> {
  const asked = request('registry.example/churn:v2', {}, { changeId })
  try {
    const { changed } = await landChange(world, await fixture.openBranch(transport, { world }), {
      paths: [FILE],
      changeId,
      decide: decideBump.bind(undefined, asked),
      reopen: (late) => fixture.openBranch(transport, { world: late }),
    })
    return changed ? 'it is on the branch' : 'it was there before'
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}

/** How many commits there may be, by what was said. */
function possible(said: string): readonly number[] {
  if (/it is on the branch/.test(said)) return [1]
  return /may be on the branch/.test(said) ? [0, 1] : [0]
}

async function expectTruth(transport: Transport, seed: string): Promise<void> {
  const random = randomOf(`${transport} ${seed}`)
  const fixture = await startFixture()
  const others: Promise<unknown>[] = []
  const [canceller, isCancelled] = [new AbortController(), random() < 0.5]
  const last = 1 + Math.floor(random() * 15)
  const write = (): void => {
    const files = { [`other-${others.length}.yaml`]: 'kind: Other\n' }
    others.push(commitFiles(fixture.github.state, fixture.repository, { files, message: 'Other' }))
  }
  fixture.github.faults.push(
    when(
      (count) => isCancelled && count === last,
      () => canceller.abort(cancelled()),
    ),
    when((count) => count % 5 === 0 && others.length < 3, write),
    ...troubleOf(random),
  )
  const { signal } = canceller
  const sleep = () => immediate(undefined, { signal }).catch(() => Promise.reject(signal.reason))
  try {
    const said = await bump(fixture, transport, createWorld({ signal, sleep }), `change-${seed}`)
    await Promise.allSettled(others)
    const log = await git(fixture.repository, 'log', '--format=%B', 'main')
    const commits = log.split(`Mlops-Change-Id: change-${seed}`).length - 1
    expect({ seed, said, commits, isTrue: possible(said).includes(commits) }).toMatchObject({ isTrue: true })
    const image = `registry.example/churn:v${1 + commits}`
    expect(await git(fixture.repository, 'show', `main:${FILE}`)).toBe(service('churn', { image }).trimEnd())
  } finally {
    fixture.github.faults.splice(0)
    await fixture.close()
  }
}

test.each<[Transport, number]>([
  ['api', 40],
  ['git', 14],
])(
  `what a step by %s says of its commit is true, whatever the server does and whenever it is cancelled (TROUBLE_SEED=${SEED})`,
  async (transport, steps) => {
    for (let step = 0; step < steps; step += 1) await expectTruth(transport, `${SEED}-${step}`)
  },
  300_000,
)
