import { createHash, randomInt } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { FAULTS } from '@mlops-actions/sandbox/faults'
import { against, expectCancelled, expectRed } from './against.ts'
import { BUMP_BY_API, STEPS } from './steps.ts'

// The contract of every bundle at length: each way in which a server fails, and cancels at any moment.

/** Repeats the moments of a run that failed: its tests are named after the seed. */
const SEED = Number(process.env['CANCEL_SEED'] ?? randomInt(1_000_000))

/** At random: the first 600 ms hold everything from reading the inputs to a first poll. */
function momentsFor(action: string): readonly number[] {
  const bytes = createHash('sha256').update(`${SEED} ${action}`).digest()
  return [0, 2, 4].map((offset) => bytes.readUInt16BE(offset) % 600)
}

const MODES = ['closed before the answer', 'empty body with status 200', 'JSON of another server', 'unauthorized', 'forbidden', 'accepted, then silence', 'bad gateway'] // biome-ignore format: a list

describe.each(Object.keys(STEPS))('%s, and a server', (action) => {
  test.concurrent.each(MODES)('that fails (%s) is never taken for success', (name) =>
    expectRed(action, FAULTS[name]?.modes ?? []),
  )

  test.concurrent('of a private CA is asked where `ca-cert` names that CA, and only there', async () => {
    const { modes } = FAULTS['unauthorized'] ?? { modes: [] }
    const [told, untold] = [
      await against(action, modes, { trust: true }),
      await against(action, modes, { trust: false }),
    ]
    expect(['auth', 'upstream']).toContain(told.outputs['failure-kind'])
    expect(told.requests).toBeGreaterThan(0)
    expect([untold.outputs['failure-kind'], untold.requests]).toEqual(['config', 0])
    expect(untold.errors[0]?.message).toContain('ca-cert')
  })

  // Its first word, at 0 ms, is as early as the signals are listened to.
  test.concurrent.each([0, ...momentsFor(action)])(
    `is left within five seconds by a step that is cancelled after %i ms, of CANCEL_SEED=${SEED}`,
    (moment) => expectCancelled(action, moment),
  )
})

test.concurrent.each(MODES)(
  'bump-kserve-image by the API, and a server that fails (%s), is never taken for success',
  (name) => expectRed('bump-kserve-image', FAULTS[name]?.modes ?? [], { stepAt: BUMP_BY_API }),
)
