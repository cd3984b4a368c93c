import { afterEach, describe, expect, test } from '@jest/globals'
import { createS3 } from '@mlops-actions/aws/s3'
import type { World } from '@mlops-actions/diagnostics'
import { createHttp } from '@mlops-actions/http'
import { answerS3, createS3State, DEFAULT_PRINCIPAL } from '@mlops-actions/sandbox/s3'
import { type SandboxServer, serve } from '@mlops-actions/sandbox/server'
import { testWorld } from '../../../test/harness/world.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { forEachLimited } from '../src/objects/limit.ts'
import { resolveRemote } from '../src/repository/remote.ts'
import { createPace, DEFAULT_PACE } from '../src/store/pace.ts'
import { afterThrottle, afterWindow, type PaceState, startPace, workOf } from '../src/store/pace-control.ts'
import { createStore, putObject } from '../src/store/store.ts'
import { configOf } from './repository.ts'

/** Windows against a server that takes `latency` ms for a request and no more than `most` of them in that time. */
function settle({
  latency,
  most,
  max = 128,
  windows = 100,
}: {
  latency: number
  most: number
  max?: number
  windows?: number
}) {
  let state: PaceState = startPace({ ...DEFAULT_PACE, max })
  const limits: number[] = []
  for (let at = 0; at < windows; at++) {
    const perMillisecond = Math.min(state.limit, most) / latency
    const milliseconds = state.limit / perMillisecond
    state = afterWindow(state, { milliseconds, work: state.limit * workOf(10_000), isFull: true }, max)
    limits.push(state.limit)
  }
  return limits
}

describe('how many requests go at once', () => {
  test('doubles in every window while that moves more, up to what is allowed', () => {
    expect(settle({ latency: 30, most: 1_000, windows: 4 })).toEqual([32, 64, 128, 128])
    expect(settle({ latency: 30, most: 1_000, max: 40, windows: 4 })).toEqual([32, 40, 40, 40])
    expect(settle({ latency: 30, most: 1_000, max: 1, windows: 2 })).toEqual([1, 1])
  })

  test('stops where more of them move nothing more, and tries a little now and then', () => {
    const limits = settle({ latency: 5, most: 20 })
    expect(limits.slice(0, 3)).toEqual([32, 64, 64])
    expect(Math.max(...limits.slice(4))).toBeLessThanOrEqual(40)
    expect(limits.at(-1)).toBe(32)
    expect(new Set(limits.slice(10))).toEqual(new Set([32, 40]))
  })

  test('follows a line that gets faster', () => {
    let state: PaceState = { limit: 16, phase: 'hold', rate: 16, windows: 0, before: 16 }
    for (let at = 0; at < 60; at++)
      state = afterWindow(state, { milliseconds: 1, work: state.limit, isFull: true }, 128)
    expect(state.limit).toBeGreaterThan(40)
  })

  test('is halved when the server complains, and never nothing', () => {
    expect(afterThrottle(startPace({ start: 16, max: 128 }))).toMatchObject({ limit: 8, phase: 'hold' })
    expect(afterThrottle(startPace({ start: 1, max: 1 })).limit).toBe(1)
  })

  test('does not change while there is not enough to do', () => {
    const state = startPace(DEFAULT_PACE)
    expect(afterWindow(state, { milliseconds: 100, work: 1, isFull: false }, 128)).toBe(state)
  })
})

describe('turns', () => {
  const tick = () => new Promise((resolve) => setImmediate(resolve))

  test('are given first come first served, and end once', async () => {
    const pace = createPace({ now: () => 0 }, { start: 2, max: 2 })
    const order: number[] = []
    const turns = [1, 2, 3, 4].map((at) => pace.take().then((turn) => [order.push(at), turn] as const))
    await tick()
    expect(order).toEqual([1, 2])
    const [, first] = await (turns[0] ?? Promise.reject(new Error('none')))
    first.end(1)
    first.end(1)
    await tick()
    expect(order).toEqual([1, 2, 3])
  })

  test('are given to the lowest rank before those that have waited longer, as ranks are at that moment', async () => {
    const pace = createPace({ now: () => 0 }, { start: 1, max: 1 })
    const order: string[] = []
    const ranks = new Map([
      ['a', 2],
      ['b', 1],
      ['c', 1],
      ['d', 2],
    ])
    const first = await pace.take()
    const waiting = [...ranks.keys()].map(async (name) => {
      const turn = await pace.take(() => ranks.get(name) ?? 0)
      order.push(name)
      turn.end(1)
    })
    ranks.set('d', 0)
    first.end(1)
    await Promise.all(waiting)
    expect(order).toEqual(['d', 'b', 'c', 'a'])
  })

  test('one burst of complaints cuts once', () => {
    let now = 0
    const pace = createPace({ now: () => now }, { start: 64, max: 64 })
    for (let at = 0; at < 50; at++) pace.slowDown()
    expect(pace.limit).toBe(32)
    now = 1_000
    pace.slowDown()
    expect(pace.limit).toBe(16)
  })
})

describe('against a server', () => {
  let server: SandboxServer | undefined
  afterEach(() => server?.close())

  /** S3 that answers SlowDown to whatever comes while it has `most` requests. */
  async function crowded(world: World, most: number) {
    const state = createS3State({ buckets: ['data'] })
    let [under, refused] = [0, 0]
    server = await serve(async (request) => {
      under += 1
      const isTooMuch = under > most
      if (!isTooMuch) await world.sleep(50)
      under -= 1
      if (!isTooMuch) return answerS3(request, state, Date.now())
      refused += 1
      return {
        status: 503,
        headers: { 'content-type': 'application/xml' },
        body: '<Error><Code>SlowDown</Code></Error>',
      }
    })
    return { url: server.url, state, refused: () => refused }
  }

  test('that asks to slow down everything arrives, with fewer requests at once', async () => {
    const world = testWorld()
    const { url, state, refused } = await crowded(world, 12)
    const http = createHttp(world)
    const pace = createPace(world)
    const s3 = createS3({
      http,
      region: 'us-east-1',
      requestTimeout: 5_000,
      env: {},
      endpoint: url,
      retry: { world, onTrouble: (trouble) => trouble === 'throttled' && pace.slowDown() },
      credentials: async () => DEFAULT_PRINCIPAL,
    })
    const store = createStore(resolveRemote(configOf(), 'store'), s3, world.signal, {
      pace,
      sleep: world.sleep,
    })
    try {
      await forEachLimited(
        Array.from({ length: 300 }, (_, at) => `${at}`),
        128,
        async (text) => {
          await putObject(store, text, Buffer.from(text), md5Hex(text))
        },
      )
      expect(state.buckets.get('data')?.objects.size).toBe(300)
      expect(refused()).toBeGreaterThan(0)
      expect(refused()).toBeLessThan(100)
      expect(pace.limit).toBeLessThan(DEFAULT_PACE.start)
    } finally {
      http.close()
    }
  })
})
