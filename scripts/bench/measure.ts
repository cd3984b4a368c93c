/**
 * One measured figure. `ratio` is `value / baseline`; `baseline` is what it is compared with, measured in the same run.
 * `limit` is the greatest ratio that is still good: a machine that is slow or busy is as slow for the baseline.
 */
export type Row = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline: number
  readonly ratio: number
  readonly limit?: number
}

/** What the command line asks of a bench. */
export type BenchOptions = {
  /** Sizes that take seconds rather than minutes, where a bench has such; its figures are none to publish. */
  readonly quick: boolean
}

/** Builds a row; figures are rounded to one decimal, the ratio to two. */
export function row(name: string, value: number, unit: string, baseline: number, limit?: number): Row {
  return {
    name,
    value: round(value, 1),
    unit,
    baseline: round(baseline, 1),
    ratio: round(value / baseline, 2),
    ...(limit === undefined ? {} : { limit: round(limit, 3) }),
  }
}

/** One sentence for every row that is over its limit, or whose figures are none. Throws where no row has a limit. */
export function findExcesses(rows: readonly Row[]): readonly string[] {
  const limited = rows.filter(({ limit }) => limit !== undefined)
  if (limited.length === 0) throw new Error('there is no limit to hold: no row has one')
  return limited
    .filter(({ ratio, limit = 0 }) => !(ratio <= limit))
    .map(
      ({ name, value, unit, baseline, ratio, limit }) =>
        `${name}: ${value} ${unit} is ${ratio} times the ${baseline} ${unit} of its baseline; ${limit} times is the limit`,
    )
}

/** Middle value; of an even number of values the mean of the two in the middle. Throws for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing')
  return (low + high) / 2
}

/** Milliseconds that a piece of work takes, as `measureMedians` takes them. */
export async function timeOf(work: () => unknown): Promise<readonly number[]> {
  const start = performance.now()
  await work()
  return [performance.now() - start]
}

/**
 * Measures several things turn by turn, so that a noisy moment of the machine hits all of them, and returns the medians
 * of the figures that each gives, in the order given. The first rounds only warm the file cache and are not counted.
 */
export async function measureMedians(
  subjects: ReadonlyMap<string, () => Promise<readonly number[]>>,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, (readonly number[])[]>([...subjects.keys()].map((name) => [name, []]))
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [name, measure] of subjects) {
      const figures = await measure()
      if (round >= warmUp) samples.get(name)?.push(figures)
    }
  }
  return new Map([...samples].map(([name, taken]) => [name, mediansOf(taken)]))
}

function mediansOf(taken: readonly (readonly number[])[]): readonly number[] {
  const [first = []] = taken
  return first.map((_, place) => median(taken.map((figures) => figures[place] ?? Number.NaN)))
}

/** Rows as a table for people, columns aligned. */
export function formatRows(rows: readonly Row[]): string {
  const head = ['name', 'value', 'unit', 'baseline', 'ratio', 'limit']
  const cells = [
    head,
    ...rows.map(({ name, value, unit, baseline, ratio, limit = '-' }) =>
      [name, value, unit, baseline, ratio, limit].map(String),
    ),
  ]
  const widths = head.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  return cells
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
