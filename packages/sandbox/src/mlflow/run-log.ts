import type { Call } from './call.ts'
import { invalid } from './errors.ts'
import type { Input } from './input.wire.ts'
import { findRun } from './runs.ts'
import type { MetricPoint, Run } from './state.ts'

export const logMetric: Call = (input, state) => {
  const point = readMetric(input)
  findRun(state, input.text('run_id')).metrics.push(point)
  return {}
}

export const logParameter: Call = (input, state) => {
  const run = findRun(state, input.text('run_id'))
  const [key, value] = [input.text('key'), input.optionalText('value') ?? '']
  const known = run.params.get(key)
  if (known !== undefined && known !== value) {
    throw invalid(
      `Changing param values is not allowed. Param with key='${key}' was already logged with value='${known}' for run ID='${run.id}'. Attempted logging new value '${value}'.`,
    )
  }
  run.params.set(key, value)
  return {}
}

/** All or nothing as far as params are concerned: a changed one refuses the batch before anything is written. */
export const logBatch: Call = (input, state) => {
  const run = findRun(state, input.text('run_id'))
  const metrics = input.list('metrics').map(readMetric)
  const params = input.list('params').map(readPair)
  assertUnchanged(run, params)
  run.metrics.push(...metrics)
  for (const [key, value] of params) run.params.set(key, value)
  for (const [key, value] of input.list('tags').map(readPair)) run.tags.set(key, value)
  return {}
}

function assertUnchanged(run: Run, params: readonly (readonly [string, string])[]): void {
  const changed = params
    .filter(([key, value]) => (run.params.get(key) ?? value) !== value)
    .map(
      ([key, value]) => `{'key': '${key}', 'old_value': '${run.params.get(key)}', 'new_value': '${value}'}`,
    )
  if (changed.length === 0) return
  throw invalid(
    `Changing param values is not allowed. Params were already logged='[${changed.join(', ')}]' for run ID='${run.id}'.`,
  )
}

export const setRunTag: Call = (input, state) => {
  findRun(state, input.text('run_id')).tags.set(input.text('key'), input.optionalText('value') ?? '')
  return {}
}

function readMetric(input: Input): MetricPoint {
  return {
    key: input.text('key'),
    value: input.number('value'),
    timestamp: input.number('timestamp'),
    step: input.optionalNumber('step') ?? 0,
  }
}

function readPair(input: Input): readonly [string, string] {
  return [input.text('key'), input.optionalText('value') ?? '']
}
