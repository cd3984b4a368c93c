import { pathToFileURL } from 'node:url'
import type { BenchOptions, Row } from './measure.ts'

/** Loads a `*.bench.ts` file: a module with a function `rows()`. Throws when it is no such module. */
export async function loadBench(file: string): Promise<(options: BenchOptions) => Promise<readonly Row[]>> {
  const module: unknown = await import(pathToFileURL(file).href)
  if (
    typeof module === 'object' &&
    module !== null &&
    'rows' in module &&
    typeof module.rows === 'function'
  ) {
    return module.rows as (options: BenchOptions) => Promise<readonly Row[]>
  }
  throw new Error(`${file} must export a function rows()`)
}
