import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseSchedule } from '../src/core/cron.ts'
import { globMatches } from '../src/core/glob.ts'
import type { ProjectWindow } from '../src/core/project.wire.ts'
import { blockingAt, blockingByHandAt } from '../src/core/windows.ts'

// Worked out by hand from robfig/cron's parser and argo-cd pkg/apis/application/v1alpha1/types.go.

/** A Thursday. */
const NOON = Date.parse('2026-01-15T12:00:00Z')
const HOUR = 3_600_000
const APP = { name: 'churn-prod', destination: { server: 'https://a.test', name: 'prod', namespace: 'ml' } }

function window(more: Partial<ProjectWindow> = {}): ProjectWindow {
  return {
    kind: 'deny',
    schedule: '0 11 * * *',
    duration: '2h',
    applications: ['*'],
    namespaces: [],
    clusters: [],
    timeZone: '',
    andOperator: false,
    manualSync: false,
    ...more,
  }
}

const isClosed = (more: Partial<ProjectWindow>, now = NOON) =>
  blockingAt([window(more)], APP, now) !== undefined

describe('a schedule', () => {
  test.each([
    ['0 11 * * *', true],
    ['59 11 * * *', true],
    ['0 12 * * *', false],
    ['0 10 * * *', false],
    ['*/30 * * * *', true],
    ['5/20 11 * * *', true],
    ['0 9-11 * * *', true],
    ['0 11 * * 4', true],
    ['0 11 * * THU', true],
    ['0 11 * * fri', false],
    ['0 11 * jan *', true],
    ['0 11 15 * *', true],
    ['0 11 16 * *', false],
    // Of both days one is enough, unless one of them says nothing.
    ['0 11 16 * 4', true],
    ['0 11 15 * 5', true],
    ['0 11 16 * 5', false],
    ['0 11 */2 * 5', true],
    ['0 11 ? * 4', true],
  ])('%s of two hours before noon on Thursday the 15th is active: %s', (schedule, is) => {
    expect(isClosed({ schedule })).toBe(is)
  })

  test.each([
    '@daily',
    '0 11 * *',
    '0 11 * * 7',
    '60 * * * *',
    '5-1 * * * *',
    '*/0 * * * *',
    'x * * * *',
    'TZ=UTC 0 11 * * *',
  ])('%s is none, as there', (schedule) => {
    expect(parseSchedule(schedule)).toBeUndefined()
  })

  test('begins a window at its minute and ends it before the duration is over', () => {
    const times = [-HOUR - 1, -HOUR, -HOUR + 1, HOUR - 1, HOUR]
    expect(times.map((offset) => isClosed({}, NOON + offset))).toEqual([false, false, true, true, false])
  })

  test('begins where a look at every minute finds a beginning', () => {
    const field = (least: number, most: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min: least, max: most }).map(String),
        fc.integer({ min: 1, max: 9 }).map((step) => `*/${step}`),
      )
    const schedules = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
    const property = fc.property(
      schedules,
      fc.integer({ min: 0, max: 5_000 }),
      ([minute, hour, day, month, weekday], length) => {
        const schedule = parseSchedule([minute, hour, day, month, weekday].join(' '))
        const fits = (text: string, value: number, least: number) => {
          if (text === '*') return true
          return text.startsWith('*/')
            ? (value - least) % Number(text.slice(2)) === 0
            : value === Number(text)
        }
        const isBeginning = (at: Date) => {
          const days = [fits(day, at.getUTCDate(), 1), fits(weekday, at.getUTCDay(), 0)]
          const isAny = [day, weekday].some((text) => text === '*' || text === '*/1')
          const isDay = isAny ? days.every((is) => is) : days.some((is) => is)
          return (
            isDay &&
            fits(month, at.getUTCMonth() + 1, 1) &&
            fits(hour, at.getUTCHours(), 0) &&
            fits(minute, at.getUTCMinutes(), 0)
          )
        }
        const minutes = Array.from({ length }, (_, back) => new Date(NOON - (back + 1) * 60_000))
        const begins = schedule?.beginsBetween(NOON - (length + 1) * 60_000, NOON)
        expect(begins).toBe(minutes.some(isBeginning))
      },
    )
    fc.assert(property, { numRuns: 200 })
  })

  test('counts in the time zone of the window, with the offset of today', () => {
    const schedule = '0 21 * * *'
    expect(isClosed({ schedule, timeZone: 'Asia/Tokyo' }, Date.parse('2026-01-15T12:30:00Z'))).toBe(true)
    expect(isClosed({ schedule, timeZone: 'America/New_York' }, Date.parse('2026-07-15T01:30:00Z'))).toBe(
      true,
    )
    expect(isClosed({ schedule, timeZone: 'Not/There' }, Date.parse('2026-01-15T21:30:00Z'))).toBe(true)
  })

  test.each(['1h30m', '90m', '1.5h', '5400s', '5400000ms'])(
    'of %s is open for an hour and a half',
    (duration) => {
      expect([1, 2].map((half) => isClosed({ duration }, NOON - HOUR + half * HOUR - 1))).toEqual([
        true,
        false,
      ])
    },
  )

  test.each([{ schedule: 'nonsense' }, { duration: 'ever' }])(
    'that cannot be read (%j) is no answer',
    (more) => {
      expect(() => isClosed(more)).toThrow('cannot be read')
    },
  )
})

describe('a window', () => {
  test.each([
    [{ applications: ['churn-*'] }, true],
    [{ applications: ['fraud'] }, false],
    [{ applications: [] }, false],
    [{ applications: [], namespaces: ['ml'] }, true],
    [{ applications: [], clusters: ['prod'] }, true],
    [{ applications: [], clusters: ['https://*'] }, true],
    [{ applications: ['fraud'], namespaces: ['ml'] }, true],
    [{ applications: ['fraud'], namespaces: ['ml'], andOperator: true }, false],
    [{ applications: ['churn-*'], namespaces: ['ml'], clusters: ['stage'], andOperator: true }, false],
    [{ applications: ['churn-*'], namespaces: ['ml'], clusters: ['prod'], andOperator: true }, true],
  ])('%j is of the Application: %s', (more, is) => {
    expect(isClosed(more)).toBe(is)
  })

  test('that allows keeps it closed outside of it', () => {
    const allow = { kind: 'allow' } as const
    expect([isClosed(allow), isClosed(allow, NOON + 3 * HOUR)]).toEqual([false, true])
  })

  test('that denies wins over one that allows', () => {
    const both = [window({ kind: 'allow' }), window()]
    expect(blockingAt(both, APP, NOON)).toMatchObject({ kind: 'deny' })
  })

  test('lets a sync by hand through where each one in the way does', () => {
    const byHand = (...given: Partial<ProjectWindow>[]) => blockingByHandAt(given.map(window), APP, NOON)
    expect(byHand({ manualSync: true })).toBeUndefined()
    expect(byHand({ manualSync: true }, {})).toBeDefined()
    expect(byHand({ kind: 'allow', schedule: '0 1 * * *', manualSync: true })).toBeUndefined()
    expect(byHand({ kind: 'allow', schedule: '0 1 * * *' })).toBeDefined()
  })
})

test.each([
  ['churn-{prod,stage}', 'churn-stage', true],
  ['churn-{prod,stage}', 'churn-test', false],
  ['churn-?', 'churn-a', true],
  ['[a-c]hurn', 'churn', true],
  ['[!a-c]hurn', 'churn', false],
  ['a.b', 'axb', false],
  ['\\*', '*', true],
  ['a,b', 'a,b', true],
  ['[', '[', true],
])('the pattern %s fits %s: %s', (pattern, text, is) => {
  expect(globMatches(pattern, text)).toBe(is)
})
