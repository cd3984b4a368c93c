import { pathToFileURL } from 'node:url'
import type { BenchOptions, Row } from './measure.ts'

/** A `*.bench.ts` file. */
export interface Bench {
  readonly rows: (options: BenchOptions) => Promise<readonly Row[]>
  /** Makes a chart of them, as SVG. */
  readonly draw?: (rows: readonly Row[]) => string
}

/** Loads a `*.bench.ts` file. Throws when it has no function `rows()`. */
export async function loadBench(file: string): Promise<Bench> {
  const module: unknown = await import(pathToFileURL(file).href)
  if (
    typeof module === 'object' &&
    module !== null &&
    'rows' in module &&
    typeof module.rows === 'function'
  ) {
    return module as Bench
  }
  throw new Error(`${file} must export a function rows()`)
}
