/** One measured figure. `ratio` is `value / baseline`; `baseline` is what it is compared with, measured in the same run. */
export type Row = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly baseline: number
  readonly ratio: number
}

/** Builds a row; figures are rounded to one decimal, the ratio to two. */
export function row(name: string, value: number, unit: string, baseline: number): Row {
  return {
    name,
    value: round(value, 1),
    unit,
    baseline: round(baseline, 1),
    ratio: round(value / baseline, 2),
  }
}

/** Middle value; of an even number of values the mean of the two in the middle. Throws for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing')
  return (low + high) / 2
}

/**
 * Measures several things turn by turn, so that a noisy moment of the machine hits all of them, and returns the median
 * of each in milliseconds. The first rounds only warm the file cache and are not counted.
 */
export async function medianMilliseconds(
  subjects: ReadonlyMap<string, () => Promise<number>>,
  { rounds, warmUp }: { readonly rounds: number; readonly warmUp: number },
): Promise<ReadonlyMap<string, number>> {
  const samples = new Map<string, number[]>([...subjects.keys()].map((name) => [name, []]))
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [name, measure] of subjects) {
      const milliseconds = await measure()
      if (round >= warmUp) samples.get(name)?.push(milliseconds)
    }
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]))
}

/** Rows as a table for people, columns aligned. */
export function formatRows(rows: readonly Row[]): string {
  const head = ['name', 'value', 'unit', 'baseline', 'ratio']
  const cells = [
    head,
    ...rows.map(({ name, value, unit, baseline, ratio }) => [name, value, unit, baseline, ratio].map(String)),
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
