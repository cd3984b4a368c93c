import { describe, expect, test } from '@jest/globals'
import { readBumpReport } from '../src/reports.wire.ts'
import { parseOutcomes } from '../src/steps.ts'
import { evaluateDeployment, isAlarm, resultOf, type Verdict } from '../src/verdict.ts'
import { REPORTS } from './fixture.ts'

const BACK = 'bump=success\nsync=failure\nrollback=success\nresync=success\nrestored=success'
const CASES: readonly (readonly [Verdict, string, unknown, unknown])[] = [
  ['live', 'bump=success\nsync=success\nhealth=success', REPORTS.bump, undefined],
  [
    'live',
    'bump=success\nsync=success\nhealth=success',
    { ...REPORTS.bump, outcome: 'already-there' },
    undefined,
  ],
  ['live-already', 'bump=success\nsync=success\nhealth=success', REPORTS.foundThere, undefined],
  ['rolled-back', BACK, REPORTS.bump, REPORTS.back],
  ['rolled-back', BACK, REPORTS.bump, { ...REPORTS.back, outcome: 'already-there' }],
  ['superseded', BACK, REPORTS.bump, REPORTS.overtaken],
  ['untouched', 'bump=failure', undefined, undefined],
  ['untouched', 'bump=', undefined, undefined],
  ['untouched', 'bump=cancelled', undefined, undefined],
  ['not-ours', 'bump=success\nsync=failure', REPORTS.foundThere, undefined],
  ['not-proven', 'bump=success\nsync=failure\nrollback=success\nresync=failure', REPORTS.bump, REPORTS.back],
  [
    'not-proven',
    'bump=success\nhealth=failure\nrollback=success\nresync=success\nrestored=cancelled',
    REPORTS.bump,
    REPORTS.back,
  ],
  ['not-restored', 'bump=success\nsync=success\nhealth=failure\nrollback=failure', REPORTS.bump, undefined],
  ['not-restored', 'bump=failure\nrollback=failure', undefined, undefined],
  ['not-restored', 'bump=success\nsync=cancelled', REPORTS.bump, undefined],
  ['no-way-back', 'bump=success\nsync=failure', REPORTS.first, undefined],
]

describe('a deployment', () => {
  test.each(CASES)('is %s after %j', (verdict, steps, bump, rollback) => {
    const reports = { bump: readBumpReport(bump), rollback: readBumpReport(rollback) }
    expect(evaluateDeployment(parseOutcomes(steps), reports)).toBe(verdict)
  })

  test.each<[Verdict, string, boolean]>([
    ['live', 'live', false],
    ['live-already', 'live', false],
    ['rolled-back', 'rolled-back', false],
    ['superseded', 'superseded', false],
    ['untouched', 'failed', false],
    ['not-ours', 'failed', false],
    ['not-proven', 'failed', true],
    ['not-restored', 'failed', true],
    ['no-way-back', 'failed', true],
  ])('that is %s has the result %s, and is an alarm: %s', (verdict, result, alarm) => {
    expect([resultOf(verdict), isAlarm(verdict)]).toEqual([result, alarm])
  })
})
