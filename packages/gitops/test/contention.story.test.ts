import { describe, test } from '@jest/globals'
import { contend, GROUNDS, type Ground, TROUBLES } from './contention.ts'

const WRITERS = 20
/** Tries grow with the square of the writers, and by git each try is seven processes. */
const FEW = 8

describe.each(TROUBLES)('where the server %s', (trouble) => {
  // What a lost answer leaves unknown is the hardest: the others see all grounds at once.
  const isHardest = trouble === 'drops after'
  const grounds: readonly Ground[] = isHardest ? GROUNDS : ['all of these']

  test.each(grounds)(
    `${WRITERS} writers at once of %s all land, once, by the API`,
    async (ground) => {
      await contend('api', WRITERS, { ground, trouble })
    },
    120_000,
  )

  const count = isHardest ? WRITERS : FEW
  test(`${count} writers at once of all of these all land, once, by git`, async () => {
    await contend('git', count, { ground: 'all of these', trouble })
  }, 300_000)
})
