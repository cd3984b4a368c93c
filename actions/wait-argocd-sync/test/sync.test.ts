import { describe, expect, test } from '@jest/globals'
import { idleSince, planSync, type SyncPlan } from '../src/fleet/sync.ts'
import { application, type Changes, live, NOW, syncAt, WANTED } from './state.ts'

const OUT_OF_SYNC = { sync: syncAt('OutOfSync', WANTED) }
const MANUAL = { syncPolicy: {} }
const LONG_AGO = { idleSince: NOW - 30_000, begunAt: undefined }
const JUST_NOW = { idleSince: NOW - 29_000, begunAt: undefined }
const WINDOW = { kind: 'deny', schedule: '0 22 * * *', duration: '8h' }

const outOfSync = (changes: Changes = {}) =>
  live({ ...changes, status: { ...OUT_OF_SYNC, ...changes.status } })
const kindOf = ({ kind }: SyncPlan) => kind

describe('a sync is started', () => {
  test.each<[string, SyncPlan, string]>([
    [
      'where it is needed and automated sync is off',
      planSync(outOfSync({ spec: MANUAL }), 'if-needed', JUST_NOW),
      'it is OutOfSync and automated sync is off',
    ],
    [
      'where automated sync has left it lying for half a minute',
      planSync(outOfSync(), 'if-needed', LONG_AGO),
      'automated sync has left it OutOfSync (argo-cd #27875)',
    ],
    ['always, where that is wished', planSync(live(), 'always', JUST_NOW), '`sync` is always'],
  ])('%s', (_, plan, why) => {
    expect(plan).toEqual({ kind: 'sync', prune: false, why })
  })

  test('that prunes where automated sync would', () => {
    const automated = { enabled: true, selfHeal: false, prune: true }
    const plan = planSync(outOfSync({ spec: { syncPolicy: { automated } } }), 'if-needed', LONG_AGO)
    expect(plan).toMatchObject({ kind: 'sync', prune: true })
  })
})

describe('no sync is started', () => {
  test.each<[string, SyncPlan]>([
    ['unless that is wished', planSync(outOfSync({ spec: MANUAL }), 'never', LONG_AGO)],
    ['where none is needed', planSync(live({ spec: MANUAL }), 'if-needed', LONG_AGO)],
    ['before automated sync has had its chance', planSync(outOfSync(), 'if-needed', JUST_NOW)],
    ['a second time', planSync(live(), 'always', { ...LONG_AGO, begunAt: NOW })],
    ['beside another one', planSync(outOfSync({ operation: {} }), 'always', LONG_AGO)],
    [
      'before Argo CD has seen the commit',
      planSync({ ...outOfSync(), relation: 'older' }, 'always', LONG_AGO),
    ],
    [
      'at a commit of which nothing is known',
      planSync({ ...outOfSync(), relation: 'unknown' }, 'always', LONG_AGO),
    ],
    [
      'through a closed window',
      planSync({ ...outOfSync({ spec: MANUAL }), blocking: WINDOW }, 'always', LONG_AGO),
    ],
    [
      'out of the turn of an ApplicationSet',
      planSync(
        { ...outOfSync({ spec: MANUAL }), turn: { applicationSet: 'churn', standing: undefined } },
        'if-needed',
        LONG_AGO,
      ),
    ],
  ])('%s', (_, plan) => {
    expect(kindOf(plan)).toBe('none')
  })
})

test('it is left alone since the first look at which it was out of sync with nothing under way', () => {
  const idle = outOfSync()
  expect(idleSince(undefined, idle)).toBe(NOW)
  expect(idleSince(NOW - 5_000, idle)).toBe(NOW - 5_000)
  expect(idleSince(NOW - 5_000, { ...idle, application: application() })).toBeUndefined()
  expect(idleSince(NOW - 5_000, outOfSync({ operation: {} }))).toBeUndefined()
})
