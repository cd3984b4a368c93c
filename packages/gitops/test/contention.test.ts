import { describe, test } from '@jest/globals'
import { contend, GROUNDS } from './contention.ts'

// The light form of contention.story.test.ts, which has twenty writers, git, and every trouble.
describe('writers at the same moment all land, once', () => {
  test.each(GROUNDS)('of %s, by the API', async (ground) => {
    await contend('api', 3, { ground, trouble: 'drops after' })
  })
})
