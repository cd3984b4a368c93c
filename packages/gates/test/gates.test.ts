import { describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import fc from 'fast-check'
import { evaluateGates, parseGates } from '../src/index.ts'

function judge(text: string, metrics: Record<string, number>, champion?: Record<string, number>) {
  return evaluateGates(parseGates(text), { metrics, champion }).map(
    ({ passed, seen }) => `${passed ? 'pass' : 'fail'}: ${seen}`,
  )
}

function problemOf(text: string): string {
  try {
    parseGates(text)
  } catch (error) {
    if (error instanceof Failure) return error.details.seen
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a gate', () => {
  test.each([
    ['accuracy >= 0.9', 'pass: 0.91 >= 0.9'],
    ['accuracy > 0.91', 'fail: 0.91 > 0.91'],
    ['accuracy>=0.91', 'pass: 0.91 >= 0.91'],
    ['0.9 <= accuracy', 'pass: 0.9 <= 0.91'],
    ['rows == 1200', 'pass: 1200 == 1200'],
    ['rows != 1200', 'fail: 1200 != 1200'],
    ['loss < 1e-3', 'pass: 0.0005 < 0.001'],
    ['accuracy - loss >= 0.9', 'pass: 0.91 - 0.0005 >= 0.9'],
    ['val/f1-macro >= 0.5', 'pass: 0.5 >= 0.5'],
    ['negative >= -1', 'pass: -0.5 >= -1'],
    ['accuracy-0.01 >= 0.9', 'pass: 0.91 - 0.01 >= 0.9'],
    ['-1 <= negative', 'pass: -1 <= -0.5'],
  ])('%s -> %s', (text, seen) => {
    const metrics = { accuracy: 0.91, rows: 1200, loss: 0.0005, 'val/f1-macro': 0.5, negative: -0.5 }
    expect(judge(text, metrics)).toEqual([seen])
  })

  test('compares with the champion', () => {
    expect(judge('accuracy >= champion.accuracy - 0.005', { accuracy: 0.884 }, { accuracy: 0.871 })).toEqual([
      'pass: 0.884 >= champion 0.871 - 0.005',
    ])
    expect(judge('accuracy >= champion.accuracy', { accuracy: 0.86 }, { accuracy: 0.871 })).toEqual([
      'fail: 0.86 >= champion 0.871',
    ])
  })

  test('passes against a champion that does not exist, but not without its own metric', () => {
    expect(judge('accuracy >= champion.accuracy', { accuracy: 0.2 })).toEqual([
      'pass: there is no champion yet: nothing to beat',
    ])
    expect(judge('accuracy >= champion.accuracy', {})).toEqual(['fail: accuracy is missing'])
  })

  test('fails when the champion exists without that metric', () => {
    expect(judge('accuracy >= champion.accuracy', { accuracy: 0.9 }, {})).toEqual([
      'fail: champion.accuracy is missing',
    ])
  })

  test.each([
    ['missing', {}, 'fail: accuracy is missing'],
    ['NaN', { accuracy: Number.NaN }, 'fail: accuracy is NaN'],
    ['infinite', { accuracy: Infinity }, 'fail: accuracy is Infinity'],
  ])('fails on a metric that is %s, whatever the comparison', (_, metrics, seen) => {
    for (const operator of ['>=', '<=', '>', '<', '==', '!='])
      expect(judge(`accuracy ${operator} 0.5`, metrics)).toEqual([seen])
  })

  test('does not read a metric from the prototype', () => {
    expect(judge('constructor >= 0', {})).toEqual(['fail: constructor is missing'])
  })
})

test('several lines with comments are several gates', () => {
  const text = '# quality\naccuracy >= 0.8  # floor\n\np95_ms < 100\n'
  expect(judge(text, { accuracy: 0.9, p95_ms: 120 })).toEqual(['pass: 0.9 >= 0.8', 'fail: 120 < 100'])
})

test.each([
  ['accuracy', 'line 1, column 9: want a comparison (>= <= == != > <)\n  accuracy\n          ^'],
  [
    'a > 1\naccuracy => 0.9',
    'line 2, column 10: "=" is no metric, number or comparison\n  accuracy => 0.9\n           ^',
  ],
  ['a > 1 > 2', 'line 1, column 7: want one comparison on a line\n  a > 1 > 2\n        ^'],
  ['a >= ', 'line 1, column 5: want a metric, champion.<metric> or a number\n  a >=\n      ^'],
  ['a b > 1', 'line 1, column 3: want + or - between two values\n  a b > 1\n    ^'],
  ['a - - 1 > 1', 'line 1, column 5: two signs in a row\n  a - - 1 > 1\n      ^'],
  [
    '0.9 > 0.8',
    'line 1, column 1: compares no metric of this run: the gate would not depend on what was trained\n  0.9 > 0.8\n  ^',
  ],
  ['loss <= 1e999', 'line 1, column 9: 1e999 is no finite number\n  loss <= 1e999\n          ^'],
  ['a >= champion.', 'line 1, column 6: names no metric of the champion\n  a >= champion.\n       ^'],
  ['a > "x"', 'line 1, column 5: """ is no metric, number or comparison\n  a > "x"\n      ^'],
])('%j is refused with its position', (text, problem) => expect(problemOf(text)).toBe(problem))

test('nothing but comments is no gate, while no text at all asks for none', () => {
  expect(problemOf('# accuracy >= 0.9\n')).toBe('there is nothing but comments')
  expect(parseGates(' \n')).toEqual([])
})

test('a tie is a tie, in decimals as they are written', () => {
  for (let thousandths = 1; thousandths < 1_000; thousandths++) {
    const champion = thousandths / 1_000
    for (const margin of ['0.005', '0.05', '0.1', '1e-3']) {
      const accuracy = Number((champion - Number(margin)).toFixed(6))
      expect(judge(`a >= champion.a - ${margin}`, { a: accuracy }, { a: champion })[0]).toMatch(/^pass/)
      expect(judge(`a > champion.a - ${margin}`, { a: accuracy }, { a: champion })[0]).toMatch(/^fail/)
    }
  }
})

test('numbers of any size compare', () => {
  expect(judge('a < b', { a: 5e-324, b: 1.7976931348623157e308 })).toEqual([
    'pass: 5e-324 < 1.7976931348623157e+308',
  ])
  expect(judge('a == 123456789012345680000', { a: 123456789012345680000 })[0]).toMatch(/^pass/)
})

test('all wrong lines are reported together', () => {
  expect(problemOf('a >\nb <\nc > 1').match(/line \d/g)).toEqual(['line 1', 'line 2'])
})

test('no text makes the parser throw anything but a Failure', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '.', '-', '>', '=', '1', ' ', '\n', '#', '"', 'é') }),
      (text) => {
        try {
          parseGates(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Failure)
        }
      },
    ),
  )
})
