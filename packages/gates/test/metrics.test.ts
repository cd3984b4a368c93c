import { describe, expect, test } from '@jest/globals'
import { parseMetrics } from '../src/index.ts'

describe('metrics', () => {
  test.each([
    ['{"accuracy": 0.91, "rows": 12}', { accuracy: 0.91, rows: 12 }],
    ['{"accuracy": NaN, "loss": -Infinity}', { accuracy: Number.NaN, loss: -Infinity }],
    ['{"accuracy": "NaN", "loss": "0.5"}', { accuracy: Number.NaN, loss: 0.5 }],
    ['{}', {}],
  ])('%s are read', (text, metrics) => expect(parseMetrics(text, 'metrics')).toEqual(metrics))

  test.each([
    ['[1]', 'it is no JSON object'],
    ['{"a": true, "b": null}', 'no number: a, b'],
    ['{"a": 1', 'JSON'],
    ['{"accuracy": 0.1, "accuracy": 0.99}', 'stands twice: accuracy'],
    [String.raw`{"accuracy": 0.1, "\u0061ccuracy": 0.99}`, 'stands twice: accuracy'],
  ])('%s are refused', (text, seen) => expect(() => parseMetrics(text, 'metrics')).toThrow(seen))
})
