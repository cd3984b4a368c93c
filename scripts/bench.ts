// npm run bench -- [NAME] [--json] [--assert] [--quick]: measures, prints one row per figure; with --assert a figure over its
// limit is a failure, with --quick long benches take small sizes. Benches are the files test/bench/NAME.bench.ts.
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadBench } from './bench/load.wire.ts'
import { type BenchOptions, findExcesses, formatRows, type Row } from './bench/measure.ts'
import { listFiles } from './files.ts'

const SUFFIX = '.bench.ts'

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, assert: { type: 'boolean' }, quick: { type: 'boolean' } },
    allowPositionals: true,
  })
  const root = resolve(import.meta.dirname, '..')
  const files = listFiles(root, 'test/bench', (path) => path.endsWith(SUFFIX))
  const names = files.map((file) => basename(file, SUFFIX))
  const unknown = positionals.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Error(`No bench is named ${unknown.join(', ')}; there are: ${names.join(', ')}`)
  const rows: Row[] = []
  for (const [index, file] of files.entries()) {
    const name = names[index] ?? ''
    const isWanted = positionals.length === 0 || positionals.includes(name)
    if (isWanted) rows.push(...(await measure(name, join(root, file), { quick: values.quick === true })))
  }
  console.log(values.json ? JSON.stringify(rows, null, 2) : formatRows(rows))
  const excesses = values.assert ? findExcesses(rows) : []
  if (excesses.length > 0) throw new Error(excesses.join('\n'))
}

/** @throws Error that names the bench, which else nobody would know of several */
async function measure(name: string, file: string, options: BenchOptions): Promise<readonly Row[]> {
  try {
    return await (await loadBench(file))(options)
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
