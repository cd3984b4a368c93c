import { describe, expect, test } from '@jest/globals'
import { drawGrowth } from '../../scripts/bench/chart.ts'
import { type Row, row } from '../../scripts/bench/measure.ts'

const GROWING: readonly Row[] = [
  row('push 1000 files, all new', 1, 's', 10),
  row('push 1000 files, all new: memory', 150, 'MB', 100),
  row('push 1000 .dvc files, all new', 2, 's', 20),
  row('push 100000 files, all new', 100, 's', 1_000),
  row('push 10000 files, all new', 10, 's', 100),
]

describe('the chart of what grows with the number of files', () => {
  const svg = drawGrowth(GROWING, 'dvc push')
  const ways = [...svg.matchAll(/class="(line[^"]*)" d="M([^"]*)"/g)].map(([, kind, way = '']) => ({
    kind,
    points: way.split('L').map((point) => point.split(' ').map(Number)),
  }))

  test('has a line for ours and a dashed one for the baseline, of one colour, by size', () => {
    expect(ways.map(({ kind }) => kind)).toEqual(['line c0', 'line c0 dashed'])
    for (const { points } of ways) {
      const [x, y] = [points.map(([at]) => at ?? 0), points.map(([, at]) => at ?? 0)]
      // Ten times as many files are as far apart everywhere, and ten times as long as well.
      expect(x[1]).toBe(((x[0] ?? 0) + (x[2] ?? 0)) / 2)
      expect(y[1]).toBeCloseTo(((y[0] ?? 0) + (y[2] ?? 0)) / 2, -0.5)
      expect(x[0]).toBeLessThan(x[2] ?? 0)
      expect(y[0]).toBeGreaterThan(y[2] ?? 0)
    }
    expect(ways[1]?.points[0]).toEqual(ways[0]?.points[1]?.with(0, ways[0].points[0]?.[0] ?? 0))
  })

  test('says at the end of each line what it is and where it ends, and at the axes what they are', () => {
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
    expect(texts).toEqual([
      '1,000 files',
      '10,000 files',
      '100,000 files',
      '1 s',
      '10 s',
      '100 s',
      '1,000 s',
      'all new, dvc push: 1,000 s',
      'all new, ours: 100 s',
      'Both axes are logarithmic; ours is solid, dvc push dashed.',
    ])
  })

  test('puts no label on another', () => {
    const close = [1_000, 10_000].flatMap((files) => [
      row(`push ${files} files, all new`, 5, 's', 5.1),
      row(`push ${files} files, nothing to do`, 4.9, 's', 5.2),
    ])
    const places = [...drawGrowth(close, 'dvc push').matchAll(/<text x="568" y="(\d+)"/g)].map(([, y]) =>
      Number(y),
    )
    expect(places).toHaveLength(4)
    for (const [at, y] of places.slice(1).entries()) expect(y - (places[at] ?? 0)).toBeGreaterThanOrEqual(17)
  })

  test('of one size alone there is none', () => {
    expect(() => drawGrowth(GROWING.slice(0, 3), 'dvc push')).toThrow('There is nothing to draw')
  })
})
