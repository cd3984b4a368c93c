import { expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { createProgress } from '../src/progress.ts'

test('says how far it is every five seconds, and counts what is sent again once', async () => {
  const world = testWorld()
  const progress = createProgress(world, 100e6)
  progress.add(10e6)
  await world.sleep(5_000)
  progress.add(10e6)
  progress.add(1e6)
  progress.add(-11e6)
  await world.sleep(5_000)
  progress.add(40e6)
  expect(world.lines).toEqual([
    'copied 20.0 MB of 100.0 MB at 4.0 MB/s, about 20 s left',
    'copied 50.0 MB of 100.0 MB at 5.0 MB/s, about 10 s left',
  ])
  expect(progress.bytes()).toBe(50e6)
})
