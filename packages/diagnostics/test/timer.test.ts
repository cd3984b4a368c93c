import { expect, test } from '@jest/globals'
import { timerOf } from '../src/index.ts'

test('a limit beyond what a timer holds is very long, not nothing', () => {
  expect([0, 2 ** 31 - 2, 2 ** 31, Number.POSITIVE_INFINITY].map(timerOf)).toEqual([
    0,
    2 ** 31 - 2,
    2 ** 31 - 1,
    2 ** 31 - 1,
  ])
})
