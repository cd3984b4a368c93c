import { describe, expect, test } from '@jest/globals'
import { decideBump, decideRollback } from '../src/index.ts'
import { FILE, request, service } from './fixture.ts'
import { createLine, type Line } from './line.ts'

const LOCK = 'FREEZE'
const NOW = Date.parse('2026-11-28T12:00:00Z')
const image = (tag: string): string => `registry.example/churn:${tag}`

function frozenLine(text: string): Line {
  return createLine({ [FILE]: service('churn'), [LOCK]: text })
}

function bump(line: Line, tag = 'v2') {
  return line.land(
    decideBump({ ...request(image(tag)), freeze: { file: LOCK, now: NOW } }, line.state(), undefined),
  )
}

const frozen = (seen: string, retryable: boolean) =>
  expect.objectContaining({
    kind: 'policy',
    code: 'GITOPS_FROZEN',
    message: expect.stringContaining(seen),
    retryable,
  })

describe('a freeze', () => {
  test.each<[what: string, text: string, seen: string, retryable: boolean]>([
    ['without an end', '', 'deployments are stopped.', false],
    [
      'with a reason',
      'Audit of the year\nAsk Ann',
      'deployments are stopped: Audit of the year Ask Ann.',
      false,
    ],
    [
      'to a moment that is to come',
      'until: 2026-11-28T14:00+01:00\nAudit',
      'until 2026-11-28T14:00+01:00: Audit',
      true,
    ],
    ['to the last of several moments', 'until: 2026-11-27\nuntil: 2026-11-29', 'until 2026-11-29.', true],
    ['whose second end nobody can tell', 'until: 2026-11-27\nuntil: soon', '"soon" is no moment', false],
    ['to a date that is to come', 'UNTIL : 2026-11-29', 'until 2026-11-29.', true],
    ['with line ends of Windows', 'until: 2026-11-29\r\nAudit\r\n', 'until 2026-11-29: Audit', true],
    ['to a moment that nobody can tell', 'until: tomorrow', '"tomorrow" is no moment with a zone', false],
    ['to a moment without a zone', 'until: 2026-11-28T11:00', 'is no moment with a zone', false],
    ['to a day that there is not', 'until: 2026-13-41', 'is no moment with a zone', false],
  ])('%s stops a bump', (_what, text, seen, retryable) => {
    const line = frozenLine(text)
    expect(() => bump(line)).toThrow(frozen(seen, retryable))
  })

  test.each(['until: 2026-11-28T12:00:00Z', 'until: 2026-11-28', 'until: 2026-11-27T23:59-01:00\nAudit'])(
    'is over after %j',
    (text) => {
      expect(bump(frozenLine(text))).toMatchObject({ outcome: 'changed' })
    },
  )

  test('does not stop what is there already, nor a rollback', () => {
    const line = createLine({ [FILE]: service('churn') })
    bump(line)
    const rollbackOf = line.state().head
    line.write({ [LOCK]: 'Audit' })
    expect(bump(line)).toMatchObject({ outcome: 'already-there' })
    const { order } = request('')
    const asked = { files: [FILE], target: {}, undos: [], order: { ...order, rollbackOf } }
    expect(line.land(decideRollback(asked, line.state()))).toMatchObject({ outcome: 'changed' })
  })

  test('of another file stops nobody', () => {
    const line = createLine({ [FILE]: service('churn'), 'FREEZE.md': 'How to freeze' })
    expect(bump(line)).toMatchObject({ outcome: 'changed' })
  })
})
