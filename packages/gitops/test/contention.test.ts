import { describe, test } from '@jest/globals'
import { contend, GROUNDS } from './contention.ts'

// The light form of contention.story.test.ts, which has twenty writers and every trouble.
describe('writers at the same moment all land, once', () => {
  test.each(GROUNDS)('of %s, by the API', async (ground) => {
    await contend('api', 3, { ground, trouble: 'drops after' })
  })

  test('of all of these, by git', async () => {
    await contend('git', 4, { ground: 'all of these', trouble: 'drops before' })
  })
})
