import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { extend, type Phase, phaseOf, type Span } from '../src/fleet/timeline.ts'
import { timelineMarkdown } from '../src/report/gantt.ts'
import { live, OLD, syncAt } from './state.ts'

const START = 1_000_000
const PHASES: readonly Phase[] = ['commit', 'sync', 'health', 'settle']

function spansOf(looks: readonly (readonly [seconds: number, phase: Phase])[]): readonly Span[] {
  return looks.reduce<readonly Span[]>(
    (spans, [seconds, phase]) => extend(spans, phase, START + seconds * 1_000, START),
    [],
  )
}

describe('what a wait waits for', () => {
  const sync = (status: string) => ({ status: { sync: syncAt(status, OLD) } })
  test.each<[string, Phase, Phase]>([
    [
      'the commit, as long as Argo CD is at an older one',
      phaseOf(live({}, { relation: 'older' }), false),
      'commit',
    ],
    ['the sync, as long as it is out of sync', phaseOf(live(sync('OutOfSync')), false), 'sync'],
    ['the sync, as long as an operation is under way', phaseOf(live({ operation: {} }), false), 'sync'],
    ['its health, once it is synced', phaseOf(live(), false), 'health'],
    ['nothing but time, once everything is good', phaseOf(live(), true), 'settle'],
  ])('is %s', (_, phase, wanted) => {
    expect(phase).toBe(wanted)
  })
})

describe('the timeline', () => {
  test('has a span for each phase, from where the one before ended', () => {
    const spans = spansOf([
      [0, 'commit'],
      [3, 'commit'],
      [5, 'sync'],
      [9, 'health'],
      [12, 'settle'],
    ])
    expect(spans.map(({ phase, from, to }) => [phase, from - START, to - START])).toEqual([
      ['commit', 0, 5_000],
      ['sync', 5_000, 9_000],
      ['health', 9_000, 12_000],
      ['settle', 12_000, 12_000],
    ])
  })

  test('shows that what was good was not so for a while', () => {
    const spans = spansOf([
      [0, 'settle'],
      [4, 'health'],
      [9, 'settle'],
    ])
    expect(spans.map(({ phase }) => phase)).toEqual(['settle', 'health', 'settle'])
  })

  test('has neither gaps nor overlaps, whatever is seen when', () => {
    const look = fc.tuple(fc.nat(60), fc.constantFrom(...PHASES))
    fc.assert(
      fc.property(fc.array(look, { minLength: 1 }), (looks) => {
        let at = 0
        const spans = spansOf(
          looks.map(([later, phase]) => {
            at += later
            return [at, phase] as const
          }),
        )
        expect(spans[0]?.from).toBe(START)
        expect(spans.at(-1)?.to).toBe(START + at * 1_000)
        for (const [index, span] of spans.entries()) {
          expect(span.to).toBeGreaterThanOrEqual(span.from)
          const next = spans[index + 1]
          if (next !== undefined) expect([next.from, next.phase === span.phase]).toEqual([span.to, false])
        }
      }),
    )
  })
})

describe('the chart', () => {
  const spans = spansOf([
    [0, 'commit'],
    [5, 'health'],
  ])
  const chart = (isBroken: boolean, name = 'churn-prod') =>
    timelineMarkdown([{ name, spans, isBroken, ended: START + 65_000 }], START)

  test('is a mermaid gantt in milliseconds from the start, whose last bar goes on to the end', () => {
    expect(chart(false)).toEqual([
      '<details><summary>What happened when</summary>',
      '',
      '```mermaid',
      'gantt',
      '  dateFormat x',
      '  axisFormat %M:%S',
      '  section churn-prod',
      '  waits for the commit :0, 5000',
      '  waits for health :5000, 65000',
      '```',
      '',
      '</details>',
      '',
    ])
  })

  test('marks what never came', () => {
    expect(chart(true)).toContain('  waits for health :crit, 5000, 65000')
  })

  test('cannot be broken out of by a name', () => {
    const section = chart(false, 'x\n```\n%%{init}%%:;#').find((line) => line.includes('section'))
    expect(section).toMatch(/^ {2}section x[ \w./-]*$/)
  })

  test('draws some of many, and says how many more there are', () => {
    const rows = Array.from({ length: 200 }, (_, at) => ({
      name: `app-${at}`,
      spans,
      isBroken: false,
      ended: START + 1,
    }))
    const lines = timelineMarkdown(rows, START)
    expect(lines.filter((line) => line.includes('section'))).toHaveLength(12)
    expect(lines).toContain('188 more Applications.')
  })

  test('is left out where nothing was seen', () => {
    expect(timelineMarkdown([{ name: 'churn', spans: [], isBroken: true, ended: START }], START)).toEqual([])
  })
})
