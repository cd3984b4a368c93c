import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { ALONE, driveThread, type Thread } from '../src/objects/thread.ts'
import { createThreads, type Threads } from '../src/objects/threads.ts'

interface Job {
  readonly kind: 'echo' | 'die' | 'wait'
}

/** Answers with its thread's number, dies, or never answers. */
const CODE = `const { parentPort, threadId } = require('node:worker_threads')
parentPort.on('message', ({ id, job }) => {
  if (job.kind === 'die') process.exit(3)
  if (job.kind === 'echo') parentPort.postMessage({ id, answer: threadId })
})`

let threads: Threads<Thread<Job, number>>
const world = testWorld()
const open = (most: number) => {
  const start = () => driveThread<Job, number>(new Worker(CODE, { eval: true, ...ALONE }), 'count')
  threads = createThreads(world, { start, most, what: 'count' })
  return threads
}
const waiting = ({ waiting }: Thread<Job, number>) => waiting
afterEach(() => threads.close())

describe('threads', () => {
  test('are started while all are busy, and then shared by who has the least to do', async () => {
    const { take } = open(2)
    const one = take(waiting)
    one.send({ kind: 'wait' }).catch(() => undefined)
    const other = take(waiting)
    expect(other).not.toBe(one)
    for (let job = 0; job < 2; job++) other.send({ kind: 'wait' }).catch(() => undefined)
    expect(take(waiting)).toBe(one)
  })

  test('among which none fits are none', () => {
    const { take, takeAmong } = open(1)
    take(waiting)
    expect(takeAmong(waiting, () => false)).toBeUndefined()
  })

  test('that have died are not asked again, and say why they ended', async () => {
    const { take } = open(1)
    const dead = take(waiting)
    const died = 'a thread that should count ended with status 3'
    await expect(dead.send({ kind: 'die' })).rejects.toThrow(died)
    await expect(dead.send({ kind: 'echo' })).rejects.toThrow(died)
    expect(await take(waiting).send({ kind: 'echo' })).toEqual(expect.any(Number))
  })

  test('that have nothing to do end when they may rest, and others start when they are needed', async () => {
    const { take, rest } = open(2)
    const busy = take(waiting)
    const working = busy.send({ kind: 'wait' })
    working.catch(() => undefined)
    const reading = take(waiting)
    reading.readings = 1
    rest()
    expect([busy.isEnded, reading.isEnded, threads.count]).toEqual([false, false, 2])
    reading.readings = 0
    rest()
    expect([busy.isEnded, reading.isEnded, threads.count]).toEqual([false, true, 1])
    expect(await take(waiting).send({ kind: 'echo' })).toEqual(expect.any(Number))
  })

  test('that are closed are started no more', async () => {
    const { take, close } = open(1)
    const under = take(waiting).send({ kind: 'wait' })
    close()
    await expect(under).rejects.toThrow('the threads that count have been closed')
    expect(() => take(waiting)).toThrow('the threads that count have been closed')
  })
})

test('threads end with the step, for its reason', async () => {
  const cancelled = testWorld()
  const start = () => driveThread<Job, number>(new Worker(CODE, { eval: true, ...ALONE }), 'count')
  threads = createThreads(cancelled, { start, most: 1, what: 'count' })
  const under = threads.take(waiting).send({ kind: 'wait' })
  cancelled.cancel(new Error('the step is over'))
  await expect(under).rejects.toThrow('the step is over')
  expect(() => threads.take(waiting)).toThrow('the step is over')
})
