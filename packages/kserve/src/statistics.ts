/** Figures of a probe in milliseconds. A percentile that too few samples cannot carry is undefined. */
export interface LatencyFigures {
  readonly count: number
  readonly min: number | undefined
  readonly mean: number | undefined
  readonly p50: number | undefined
  /** From 20 samples on: below, it is the maximum under another name. */
  readonly p95: number | undefined
  /** From 100 samples on. */
  readonly p99: number | undefined
  readonly max: number | undefined
}

export const SAMPLES_FOR_P95 = 20
export const SAMPLES_FOR_P99 = 100

/** Pure; the order of the samples does not matter. */
export function latencyFigures(samples: readonly number[]): LatencyFigures {
  const sorted = [...samples].sort((a, b) => a - b)
  const count = sorted.length
  const sum = sorted.reduce((total, sample) => total + sample, 0)
  return {
    count,
    min: sorted[0],
    mean: count === 0 ? undefined : sum / count,
    p50: nearestRank(sorted, 0.5),
    p95: count < SAMPLES_FOR_P95 ? undefined : nearestRank(sorted, 0.95),
    p99: count < SAMPLES_FOR_P99 ? undefined : nearestRank(sorted, 0.99),
    max: sorted[count - 1],
  }
}

/** The smallest sample that at least a share `p` of all samples does not exceed; always one that was measured. */
export function nearestRank(sorted: readonly number[], p: number): number | undefined {
  // 0.95 * 20 is 19.000000000000004 in some orders of multiplication: the rank must not jump by that.
  return sorted[Math.max(0, Math.ceil(p * sorted.length - 1e-9) - 1)]
}

/**
 * The lower end of the 95 % Wilson score interval of a share: what so few trials really promise.
 * 50 of 50 successes only say "at least 93 %". Source: E. B. Wilson, JASA 22 (1927).
 */
export function wilsonLowerBound(successes: number, trials: number): number {
  if (trials === 0) return 0
  const z = 1.959963984540054
  const share = successes / trials
  const centre = share + (z * z) / (2 * trials)
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))
  return Math.max(0, (centre - spread) / (1 + (z * z) / trials))
}
