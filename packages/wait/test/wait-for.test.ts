import { describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import fc from 'fast-check'
import { testWorld } from '../../../test/harness/world.ts'
import {
  done,
  failed,
  fullJitter,
  pending,
  spread,
  type Verdict,
  type WaitOptions,
  waitFor,
} from '../src/index.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

function failure(kind: 'upstream' | 'auth' | 'workload', code = kind.toUpperCase()): Failure {
  return new Failure({
    kind,
    code,
    what: 'Cannot look',
    on: 'the server',
    seen: 'an error',
    next: 'Look again',
  })
}

/** Waits until the observed number has reached 3. */
function options(more: Partial<WaitOptions<number, string>> = {}): WaitOptions<number, string> {
  return {
    what: 'three',
    on: 'the counter',
    observe: () => Promise.resolve(3),
    evaluate: (state) => (state >= 3 ? done(`saw ${state}`) : pending(`${state} of 3`)),
    interval: 10 * SECOND,
    timeout: 5 * MINUTE,
    next: 'Count faster',
    ...more,
  }
}

async function failureOf(wait: Promise<unknown>): Promise<Failure> {
  try {
    await wait
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('the wait did not fail')
}

function counter(from = 0) {
  let value = from
  return () => Promise.resolve(value++)
}

describe('polling', () => {
  test('a state that is right at once costs one look and no sleep', async () => {
    const world = testWorld()
    expect(await waitFor(world, options())).toEqual({ value: 'saw 3', waited: 0, looks: 1 })
    expect(world.sleeps).toEqual([])
  })

  test('looks again every interval until the verdict', async () => {
    const world = testWorld()
    expect(await waitFor(world, options({ observe: counter() }))).toEqual({
      value: 'saw 3',
      waited: 30 * SECOND,
      looks: 4,
    })
  })

  test('the interval may grow with the time waited', async () => {
    const world = testWorld()
    await waitFor(
      world,
      options({ observe: counter(), interval: (waited) => (waited < 5 * SECOND ? 2 * SECOND : 20 * SECOND) }),
    )
    expect(world.sleeps).toEqual([2 * SECOND, 2 * SECOND, 2 * SECOND])
  })

  test('a failed verdict ends the wait with its own failure', async () => {
    const verdict: Verdict<string> = failed(failure('workload', 'CRASH'))
    expect((await failureOf(waitFor(testWorld(), options({ evaluate: () => verdict })))).code).toBe('CRASH')
  })
})

describe('the deadline', () => {
  test('ends the wait with the last reason and the advice', async () => {
    const world = testWorld()
    const { kind, details } = await failureOf(waitFor(world, options({ observe: () => Promise.resolve(1) })))
    expect(kind).toBe('timeout')
    expect(details).toMatchObject({
      what: 'Waited in vain for three',
      on: 'the counter',
      seen: 'after 300 s: 1 of 3',
      next: 'Count faster',
    })
  })

  test('over a thing that could never be looked at ends with that trouble, which has its own advice', async () => {
    const observe = () => Promise.reject(failure('upstream', 'HTTP_REFUSED'))
    const { kind, code, details } = await failureOf(
      waitFor(testWorld(), options({ observe, timeout: MINUTE })),
    )
    expect([kind, code, details.next]).toEqual(['upstream', 'HTTP_REFUSED', 'Look again'])
    expect(details.seen).toBe('an error, for all of 60 s')
  })

  test('with trouble at the end says what was seen before it, too', async () => {
    let looks = 0
    const observe = () => (looks++ < 3 ? Promise.resolve(1) : Promise.reject(failure('upstream')))
    const { kind, details } = await failureOf(waitFor(testWorld(), options({ observe, timeout: MINUTE })))
    expect(kind).toBe('timeout')
    expect(details.seen).toBe('after 60 s: 1 of 3; the last look failed: Cannot look: an error')
  })

  test('comes after a last look at it', async () => {
    const world = testWorld()
    const start = world.now()
    const observe = () => Promise.resolve(world.now() - start >= 5 * MINUTE ? 3 : 0)
    expect((await waitFor(world, options({ observe, interval: 4 * MINUTE }))).value).toBe('saw 3')
  })

  test('is never slept past', async () => {
    const world = testWorld()
    const start = world.now()
    await failureOf(
      waitFor(
        world,
        options({ observe: () => Promise.resolve(0), interval: 4 * MINUTE, timeout: 5 * MINUTE }),
      ),
    )
    expect(world.now() - start).toBe(5 * MINUTE)
  })
})

describe('errors while looking', () => {
  test('that can pass are tolerated for two minutes in a row', async () => {
    const world = testWorld()
    let looks = 0
    const observe = () => (++looks < 10 ? Promise.reject(failure('upstream')) : Promise.resolve(3))
    expect((await waitFor(world, options({ observe }))).value).toBe('saw 3')
  })

  test('that go on longer end the wait with that error', async () => {
    const world = testWorld()
    const start = world.now()
    expect(
      (await failureOf(waitFor(world, options({ observe: () => Promise.reject(failure('upstream')) })))).kind,
    ).toBe('upstream')
    expect(world.now() - start).toBe(2 * MINUTE)
  })

  test('count anew after one good look', async () => {
    let looks = 0
    const observe = () =>
      ++looks % 8 === 0 ? Promise.resolve(looks > 30 ? 3 : 1) : Promise.reject(failure('upstream'))
    expect((await waitFor(testWorld(), options({ observe, timeout: 60 * MINUTE }))).value).toBe('saw 3')
  })

  test('that can never pass end the wait at once', async () => {
    const world = testWorld()
    expect(
      (await failureOf(waitFor(world, options({ observe: () => Promise.reject(failure('auth')) })))).kind,
    ).toBe('auth')
    expect(world.sleeps).toEqual([])
  })

  test('that are defects of ours are not swallowed', async () => {
    const observe = () => Promise.reject(new TypeError('undefined is not a function'))
    expect((await failureOf(waitFor(testWorld(), options({ observe })))).kind).toBe('internal')
  })
})

describe('events', () => {
  test('make the verdict come before the next look', async () => {
    const world = testWorld()
    async function* events() {
      await world.sleep(1 * SECOND)
      yield 1
      await world.sleep(1 * SECOND)
      yield 3
    }
    const result = await waitFor(
      world,
      options({ observe: () => Promise.resolve(0), events, interval: 60 * SECOND }),
    )
    expect(result).toMatchObject({ value: 'saw 3', waited: 2 * SECOND })
  })

  test('a stream that ends, breaks or stays silent changes nothing: polling goes on', async () => {
    const streams: (() => AsyncIterable<number>)[] = [
      async function* () {},
      () => {
        throw new Error('cannot even begin')
      },
      // biome-ignore lint/correctness/useYield: it breaks before it gives anything
      async function* () {
        throw new Error('reset')
      },
      async function* () {
        await new Promise(() => {})
        yield 0
      },
    ]
    for (const events of streams) {
      const result = await waitFor(testWorld(), options({ observe: counter(), events }))
      expect(result).toMatchObject({ value: 'saw 3', waited: 30 * SECOND })
    }
  })

  test('a chatty stream does not replace polling', async () => {
    const world = testWorld()
    async function* events() {
      for (;;) {
        await world.sleep(100)
        yield 0
      }
    }
    const result = await waitFor(world, options({ observe: counter(), events }))
    expect(result.waited).toBeLessThanOrEqual(31 * SECOND)
  })

  test('the stream is told to stop when the wait is over', async () => {
    let stopped = false
    async function* events(signal: AbortSignal) {
      signal.addEventListener('abort', () => {
        stopped = true
      })
      yield 3
    }
    await waitFor(testWorld(), options({ observe: () => Promise.resolve(0), events, interval: MINUTE }))
    expect(stopped).toBe(true)
  })

  test('a stream that is stopped then is not said to have broken', async () => {
    const world = testWorld()
    const ended = Promise.withResolvers<void>()
    async function* events(signal: AbortSignal) {
      yield 3
      try {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
      } finally {
        ended.resolve()
      }
    }
    await waitFor(world, options({ observe: () => Promise.resolve(0), events, interval: MINUTE }))
    await ended.promise
    await new Promise(setImmediate)
    expect(world.lines.filter((line) => line.startsWith('debug:'))).toEqual([])
  })
})

describe('a stream that breaks', () => {
  /** Streams, one after the other: each gives its states and breaks. */
  function breaking(streams: readonly (readonly number[])[], lives = 0) {
    const opened: number[] = []
    const world = testWorld()
    const events = async function* () {
      const states = streams[opened.length] ?? []
      opened.push(world.now())
      yield* states
      if (lives > 0) await world.sleep(lives)
      throw new Error('reset')
    }
    return { world, opened, events }
  }

  test('is opened again, and what comes over the new one counts', async () => {
    const { world, opened, events } = breaking([[0], [3]])
    const observe = () => Promise.resolve(0)
    const { waited } = await waitFor(world, options({ observe, events, interval: MINUTE }))
    expect(opened).toHaveLength(2)
    expect(waited).toBeLessThan(2 * SECOND)
  })

  test('makes for a look at once, because what was not pushed has to be looked for', async () => {
    const { world, events } = breaking([[0]], 5 * SECOND)
    const looks: number[] = []
    const start = world.now()
    const observe = () => {
      looks.push(world.now() - start)
      return Promise.resolve(looks.length === 3 ? 3 : 0)
    }
    await waitFor(world, options({ observe, events, interval: 4 * MINUTE }))
    expect(looks[1]).toBe(5 * SECOND)
  })

  test('again and again is opened ever more rarely, and does not drive the looks', async () => {
    const { world, opened, events } = breaking(Array.from({ length: 1_000 }, () => [0]))
    let looks = 0
    const observe = () => Promise.resolve(looks++ * 0)
    await failureOf(waitFor(world, options({ observe, events, interval: MINUTE })))
    expect(opened.length).toBeLessThan((5 * MINUTE) / (5 * SECOND))
    expect(looks).toBeLessThanOrEqual(7)
  })

  test('because the server refuses it is not asked for again', async () => {
    let opened = 0
    const events = () => {
      opened += 1
      throw failure('auth')
    }
    await waitFor(testWorld(), options({ observe: counter(), events }))
    expect(opened).toBe(1)
  })
})

describe('the interval', () => {
  const intervals = { interval: 15 * SECOND, intervalWithoutEvents: 5 * SECOND }

  test('is shorter while nothing is pushed', async () => {
    const world = testWorld()
    const { waited } = await waitFor(world, options({ observe: counter(), ...intervals }))
    expect(waited).toBe(15 * SECOND)
  })

  test('is the longer one while states are pushed', async () => {
    const world = testWorld()
    async function* events() {
      for (;;) {
        await world.sleep(SECOND)
        yield 0
      }
    }
    const { waited } = await waitFor(world, options({ observe: counter(), events, ...intervals }))
    expect(waited).toBeGreaterThanOrEqual(35 * SECOND)
  })

  test('gives way to the moment at which a look is due, which has no jitter', async () => {
    const world = testWorld({ random: 1 })
    const dueIn = () => 1_300
    const { waited } = await waitFor(world, options({ observe: counter(), dueIn }))
    expect(waited).toBe(3 * 1_300)
  })
})

test('cancelling ends the wait with the reason of the cancel', async () => {
  const world = testWorld()
  let looks = 0
  const observe = () => {
    if (++looks === 3) world.cancel(failure('workload', 'STOP'))
    return Promise.resolve(0)
  }
  expect((await failureOf(waitFor(world, options({ observe })))).code).toBe('STOP')
  expect(looks).toBe(3)
})

describe('a look that never comes back', () => {
  const observe = () => new Promise<number>(() => {})

  test('is left behind when the time of the wait is over', async () => {
    const { kind, details } = await failureOf(
      waitFor(testWorld(), options({ observe, timeout: 1, lookGrace: 1 })),
    )
    expect(kind).toBe('timeout')
    expect(details).toMatchObject({
      what: 'Waited in vain for three',
      seen: 'after 0 s: nothing was seen yet; the last look did not come back',
    })
  })

  test('does not hide what was seen before', async () => {
    let looks = 0
    const second = () => (++looks === 1 ? Promise.resolve(1) : new Promise<number>(() => {}))
    const { details } = await failureOf(
      waitFor(testWorld(), options({ observe: second, timeout: 10 * SECOND, lookGrace: 1 })),
    )
    expect(details.seen).toBe('after 10 s: 1 of 3; the last look did not come back')
  })
})

test('a look that comes back within the grace after the deadline counts', async () => {
  const observe = () => new Promise<number>((resolve) => setImmediate(resolve, 3))
  expect((await waitFor(testWorld(), options({ observe, timeout: 0 }))).value).toBe('saw 3')
})

test('cancelling ends a look that never comes back', async () => {
  const world = testWorld()
  const wait = waitFor(world, options({ observe: () => new Promise(() => {}) }))
  world.cancel(failure('workload', 'STOP'))
  expect((await failureOf(wait)).code).toBe('STOP')
})

test('the end of the step by its own timeout says what was waited for', async () => {
  const world = testWorld()
  const wait = waitFor(world, options({ observe: () => new Promise(() => {}) }))
  world.cancel(
    new Failure({ kind: 'timeout', code: 'STEP_TIMEOUT', what: 'x', on: 'x', seen: 'x', next: 'x' }),
  )
  expect((await failureOf(wait)).details).toMatchObject({
    code: 'WAIT_TIMEOUT',
    what: 'Waited in vain for three',
  })
})

test('says how it stands when that changes, and not more than every few seconds', async () => {
  const world = testWorld()
  let looks = 0
  await waitFor(
    world,
    options({
      observe: () => Promise.resolve(Math.floor(looks++ / 20)),
      interval: SECOND,
      timeout: 10 * MINUTE,
    }),
  )
  const lines = world.lines.filter((line) => line.includes('waiting for three'))
  expect(lines[0]).toBe('    0 s  waiting for three: 0 of 3')
  expect(lines).toContainEqual('   20 s  waiting for three: 1 of 3')
  expect(lines.length).toBeLessThanOrEqual(6)
})

test('jitter stays within its bounds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const wait = fullJitter(attempt, { base: 500, cap: 15_000, random: () => random })
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(15_000)
        expect(Math.abs(spread(1_000, () => random) - 1_000)).toBeLessThanOrEqual(200)
      },
    ),
  )
})
