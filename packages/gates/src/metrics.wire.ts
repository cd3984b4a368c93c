import { Failure, messageOf } from '@mlops-actions/diagnostics'
import type { Metrics } from './evaluate.ts'

const WRITTEN_NUMBER = /^-?(NaN|Infinity|\d+(\.\d+)?([eE][+-]?\d+)?)$/

/**
 * Metrics from a flat JSON object of numbers. JSON has no NaN: Python writes it bare all the same, MLflow as a string,
 * and both are read, so that a gate can fail on it.
 * @param on where the text comes from, for the failure: "the input `metrics`"
 * @throws Failure `config` for anything else, and for a key that stands twice
 */
export function parseMetrics(text: string, on: string): Metrics {
  const value = readJson(text, on)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw notMetrics(on, 'it is no JSON object')
  const twice = repeatedKeys(text)
  if (twice.length > 0) throw notMetrics(on, `stands twice: ${twice.join(', ')}`)
  const entries = Object.entries(value).map(([key, metric]) => [key, toNumber(metric)] as const)
  const wrong = entries.filter(([, metric]) => metric === undefined).map(([key]) => key)
  if (wrong.length > 0) throw notMetrics(on, `no number: ${wrong.join(', ')}`)
  return Object.fromEntries(entries)
}

function toNumber(metric: unknown): number | undefined {
  if (typeof metric === 'number') return metric
  return typeof metric === 'string' && WRITTEN_NUMBER.test(metric) ? Number(metric) : undefined
}

function readJson(text: string, on: string): unknown {
  try {
    return JSON.parse(text.replace(/([:,[]\s*)(-?(?:NaN|Infinity))(?=\s*[,}\]])/g, '$1"$2"'))
  } catch (error) {
    throw notMetrics(on, messageOf(error))
  }
}

/**
 * JSON.parse takes the last of two values of one key, and so may judge another number than a person reads. The object
 * is flat; a key may be spelled with escapes.
 */
function repeatedKeys(text: string): string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const [, spelled = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)) {
    const key = String(JSON.parse(`"${spelled}"`))
    if (seen.has(key)) twice.add(key)
    seen.add(key)
  }
  return [...twice]
}

function notMetrics(on: string, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'METRICS_SHAPE',
    what: 'The metrics cannot be read',
    on,
    seen,
    next: 'Give a JSON object of numbers, such as {"accuracy": 0.91}',
  })
}
