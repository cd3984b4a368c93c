import { describe, test } from '@jest/globals'
import { contend, GROUNDS, TROUBLES } from './contention.ts'

const WRITERS = 20

describe.each(TROUBLES)('where the server %s', (trouble) => {
  test.each(GROUNDS)(
    `${WRITERS} writers at once of %s all land, once, by the API`,
    async (ground) => {
      await contend('api', WRITERS, { ground, trouble })
    },
    120_000,
  )

  // Twenty times git, seven processes each and again for each try, take a while: all grounds at once.
  test(`${WRITERS} writers at once of all of these all land, once, by git`, async () => {
    await contend('git', WRITERS, { ground: 'all of these', trouble })
  }, 300_000)
})
