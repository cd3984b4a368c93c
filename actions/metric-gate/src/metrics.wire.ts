import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Failure, messageOf } from '@mlops-actions/diagnostics'
import type { Metrics } from '@mlops-actions/gates'

/** JSON text, or the path of a JSON file below `folder`, as metrics. JSON has no NaN; trainers write it all the same, so it is read. */
export async function readMetrics(
  input: string,
  { name, folder }: { name: string; folder: string },
): Promise<Metrics> {
  const inline = input.trimStart().startsWith('{')
  const text = inline ? input : await readText(resolve(folder, input), name)
  return parseMetrics(text, name)
}

/** @throws Failure `config` for what is no JSON object of numbers */
export function parseMetrics(text: string, name: string): Metrics {
  const value = parseJson(text, name)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw notMetrics(name, 'it is no JSON object')
  const wrong = Object.entries(value).filter(
    ([, metric]) => typeof metric !== 'number' && !isWrittenNumber(metric),
  )
  if (wrong.length > 0) throw notMetrics(name, `no number: ${wrong.map(([key]) => key).join(', ')}`)
  return Object.fromEntries(Object.entries(value).map(([key, metric]) => [key, Number(metric)]))
}

/** Python's json.dump writes NaN and Infinity bare, which JSON.parse refuses; MLflow writes them as strings. */
function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/([:,[]\s*)(-?(?:NaN|Infinity))(?=\s*[,}\]])/g, '$1"$2"'))
  } catch (error) {
    throw notMetrics(name, messageOf(error))
  }
}

function isWrittenNumber(value: unknown): boolean {
  return typeof value === 'string' && /^-?(NaN|Infinity|\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(value)
}

async function readText(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Failure({
      kind: 'config',
      code: 'METRICS_FILE',
      what: 'Cannot read the metrics',
      on: `input \`${name}\``,
      seen: messageOf(cause),
      next: 'Give a JSON object, or the path of a file that the training wrote',
      cause,
    })
  }
}

function notMetrics(name: string, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'METRICS_SHAPE',
    what: 'The metrics cannot be read',
    on: `input \`${name}\``,
    seen,
    next: 'Give a JSON object of numbers, such as {"accuracy": 0.91}',
  })
}
