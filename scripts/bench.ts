// npm run bench -- [NAME] [--json] [--assert] [--quick] [--chart FILE]: measures, prints one row per figure; with --assert a figure
// over its limit is a failure, with --quick long benches take small sizes, with --chart the figures of one bench become an SVG.
// Benches are the files test/bench/NAME.bench.ts.
import { writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bench, loadBench } from './bench/load.wire.ts'
import { findExcesses, formatRows, type Row } from './bench/measure.ts'
import { listFiles } from './files.ts'

const SUFFIX = '.bench.ts'

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: 'boolean' },
      assert: { type: 'boolean' },
      quick: { type: 'boolean' },
      chart: { type: 'string' },
    },
    allowPositionals: true,
  })
  const root = resolve(import.meta.dirname, '..')
  const files = listFiles(root, 'test/bench', (path) => path.endsWith(SUFFIX))
  const names = files.map((file) => basename(file, SUFFIX))
  const unknown = positionals.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Error(`No bench is named ${unknown.join(', ')}; there are: ${names.join(', ')}`)
  const wanted = files.filter((_, at) => positionals.length === 0 || positionals.includes(names[at] ?? ''))
  const benches: { name: string; bench: Bench }[] = []
  for (const file of wanted) {
    const name = basename(file, SUFFIX)
    benches.push({ name, bench: await naming(name, () => loadBench(join(root, file))) })
  }
  const [draw, ...more] = benches.flatMap(({ bench }) => bench.draw ?? [])
  if (values.chart !== undefined && (draw === undefined || more.length > 0))
    throw new Error('--chart is for one bench that draws a chart')
  const rows: Row[] = []
  for (const { name, bench } of benches)
    rows.push(...(await naming(name, () => bench.rows({ quick: values.quick === true }))))
  console.log(values.json ? JSON.stringify(rows, null, 2) : formatRows(rows))
  if (values.chart !== undefined && draw !== undefined) writeFileSync(values.chart, draw(rows))
  const excesses = values.assert ? findExcesses(rows) : []
  if (excesses.length > 0) throw new Error(excesses.join('\n'))
}

/** @throws Error that names the bench, which else nobody would know of several */
async function naming<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
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
