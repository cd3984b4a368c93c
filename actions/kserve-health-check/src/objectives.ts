import { Failure } from '@mlops-actions/diagnostics'
import { evaluateGates, type Gate, type Metrics } from '@mlops-actions/gates'
import { formatDuration } from '@mlops-actions/text'
import type { LoadResult } from './findings.ts'

export interface Objectives {
  /** Milliseconds. */
  readonly maxP95: number | undefined
  /** Share of requests, 0 to 1. */
  readonly maxErrorRate: number
  readonly gates: readonly Gate[]
}

/** The names that `gate` may use. */
export function metricsOf(
  { figures, requests, errors, successAtLeast }: LoadResult,
  coldStart: number,
): Metrics {
  return {
    p50_ms: figures.p50,
    p95_ms: figures.p95,
    p99_ms: figures.p99,
    mean_ms: figures.mean,
    max_ms: figures.max,
    cold_start_ms: coldStart,
    requests,
    errors,
    error_rate: requests === 0 ? undefined : errors / requests,
    success_at_least: successAtLeast,
  }
}

/** Which objectives are missed, each as a sentence. Pure. */
export function missedObjectives(
  load: LoadResult,
  coldStart: number,
  objectives: Objectives,
): readonly string[] {
  const { maxP95, maxErrorRate, gates } = objectives
  const { figures, requests, errors, histogram } = load
  const missed: string[] = []
  if (errors / requests > maxErrorRate) {
    const kinds = [...histogram].map(([name, count]) => `${count} × ${name}`).join(', ')
    missed.push(`${errors} of ${requests} requests failed, allowed are ${maxErrorRate * 100} % (${kinds})`)
  }
  if (maxP95 !== undefined && !(figures.p95 !== undefined && figures.p95 <= maxP95)) {
    const seen =
      figures.p95 === undefined ? 'too few good answers for a p95' : `p95 is ${formatMs(figures.p95)}`
    missed.push(`${seen}, the objective is ${formatMs(maxP95)}`)
  }
  const verdicts = evaluateGates(gates, { metrics: metricsOf(load, coldStart), champion: {} })
  missed.push(...verdicts.filter(({ passed }) => !passed).map(({ gate, seen }) => `${gate.source}: ${seen}`))
  return missed
}

/** @throws Failure `gate` when an objective is missed */
export function assertObjectives(
  load: LoadResult,
  coldStart: number,
  objectives: Objectives,
  on: string,
): void {
  const missed = missedObjectives(load, coldStart, objectives)
  if (missed.length === 0) return
  throw new Failure({
    kind: 'gate',
    code: 'OBJECTIVE_MISSED',
    what: 'The new version misses its objectives',
    on,
    seen: missed.join('\n'),
    next: 'Compare with the figures of the version before in its job summary; then give the predictor more replicas or resources, or change the objective',
  })
}

/** `41 ms`, `0.8 ms`, `12 s`. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`
  return ms < 10_000 ? `${Math.round(ms)} ms` : formatDuration(ms)
}
