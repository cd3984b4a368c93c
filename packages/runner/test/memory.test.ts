import { expect, test } from '@jest/globals'
import { runFixture } from './run.ts'

test('what is done with in a moment fills a small young generation, not the 32 MB and more that Node lets it have', async () => {
  const { outputs, stderr } = await runFixture('wasteful')
  expect(stderr).toBe('')
  expect(Number(outputs['bytes'])).toBeGreaterThan(0)
  expect(Number(outputs['bytes'])).toBeLessThanOrEqual(16 * 2 ** 20)
})
