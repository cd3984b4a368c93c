import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'

/** Keeps 400,000 objects and makes millions that live for a while; prints the largest heap beside what lives in it. */
const PROGRAM = `
import { getHeapStatistics } from 'node:v8'
import { collectEarly } from './packages/dvc/src/objects/memory.ts'
collectEarly()
const size = () => getHeapStatistics().used_heap_size
const make = (at) => ({ at, next: at + 1, other: at * 2, more: at * 3 })
const kept = Array.from({ length: 400_000 }, (_, at) => make(at))
const recent = Array.from({ length: 100_000 }, (_, at) => make(at))
gc()
const living = size()
let most = 0
for (let at = 0; at < 4_000_000; at++) {
  recent[at % recent.length] = make(at)
  if (at % 10_000 === 0) most = Math.max(most, size())
}
console.log(most / living, kept.length)
`

test('a heap that is collected early never holds more that is done with than what lives in it', () => {
  const args = ['--expose-gc', '--max-semi-space-size=2', '--input-type=module', '--eval', PROGRAM]
  const cwd = new URL('../../..', import.meta.url)
  const printed = execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })
  // V8 by itself lets it grow to four times as much.
  expect(Number.parseFloat(printed)).toBeLessThan(2)
})
