import { describe, expect, test } from '@jest/globals'
import { forEachPaced } from '../src/objects/limit.ts'

/** Work that ends when it is told to, and says what is under way. */
function work() {
  const running = new Map<number, PromiseWithResolvers<void>>()
  return {
    running: () => [...running.keys()],
    body: (item: number) => {
      const one = Promise.withResolvers<void>()
      running.set(item, one)
      return one.promise.finally(() => running.delete(item))
    },
    end: async (item: number, error?: Error) => {
      if (error === undefined) running.get(item)?.resolve()
      else running.get(item)?.reject(error)
      await new Promise(setImmediate)
    },
  }
}

describe('work within a limit that changes', () => {
  test('takes up more as the limit grows, and less as it shrinks', async () => {
    const { running, body, end } = work()
    let limit = 1
    const all = forEachPaced([1, 2, 3, 4, 5, 6], () => limit, body)
    expect(running()).toEqual([1])
    limit = 3
    await end(1)
    expect(running()).toEqual([2, 3, 4])
    limit = 1
    await end(3)
    await end(2)
    expect(running()).toEqual([4])
    limit = 9
    await end(4)
    expect(running()).toEqual([5, 6])
    await end(6)
    await end(5)
    await expect(all).resolves.toBeUndefined()
  })

  test('ends with the first error, when what was under way has ended', async () => {
    const { running, body, end } = work()
    let settled = false
    const all = forEachPaced([1, 2, 3], () => 2, body).finally(() => {
      settled = true
    })
    all.catch(() => undefined)
    await end(1, new Error('first'))
    expect([running(), settled]).toEqual([[2], false])
    await end(2, new Error('second'))
    await expect(all).rejects.toThrow('first')
    expect(running()).toEqual([])
  })

  test('of nothing is over', async () => {
    await expect(forEachPaced([], () => 1, work().body)).resolves.toBeUndefined()
  })
})
