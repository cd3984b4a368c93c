import { loadavg } from 'node:os'
import { formatRows, median, type Row, row } from '../../../scripts/bench/measure.ts'
import { type Dataset, type DatasetWish, makeDataset } from './dataset.ts'
import type { Measure } from './meter.wire.ts'
import { type BenchServer, type ServerWish, startBenchServer } from './servers.ts'

/** What a program has taken, and what it asked of the server. */
export interface Run extends Measure {
  readonly requests: number
}

/** MB that a step may take, whatever it sends. */
export const MEMORY = 300

export async function withDataset<T>(wish: DatasetWish, work: (dataset: Dataset) => Promise<T>): Promise<T> {
  const dataset = makeDataset(wish)
  try {
    return await work(dataset)
  } finally {
    dataset.remove()
  }
}

export async function withServer<T>(wish: ServerWish, work: (server: BenchServer) => Promise<T>): Promise<T> {
  const server = await startBenchServer(wish)
  try {
    return await work(server)
  } finally {
    await server.close()
  }
}

/** Adds how many requests a measured program has made. */
export async function counted(
  server: Pick<BenchServer, 'requests'>,
  measure: () => Promise<Measure>,
): Promise<Run> {
  const before = await server.requests()
  const measured = await measure()
  return { ...measured, requests: (await server.requests()) - before }
}

/** The same several times, each figure the median. */
export async function repeated(times: number, once: () => Promise<Run>): Promise<Run> {
  const runs: Run[] = []
  while (runs.length < times) runs.push(await once())
  return medianOf(runs)
}

/**
 * Several programs one after the other, and all of them again, each figure the median of a program's runs. The first round is not
 * counted: whoever writes first pays for memory that the machine had given away, and all that come after find it there.
 */
export async function inRounds(
  rounds: number,
  programs: readonly (() => Promise<Run>)[],
): Promise<readonly Run[]> {
  const taken = programs.map((program) => ({ program, runs: [] as Run[] }))
  for (let round = 0; round <= rounds; round++)
    for (const { program, runs } of taken) {
      const run = await program()
      if (round > 0) runs.push(run)
    }
  return taken.map(({ runs }) => medianOf(runs))
}

function medianOf(runs: readonly Run[]): Run {
  const middle = (pick: (run: Run) => number) => median(runs.map(pick))
  return {
    seconds: middle(({ seconds }) => seconds),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
    requests: middle(({ requests }) => requests),
  }
}

/** One row for each figure of both. @param aim times that ours has to be faster */
export function compare(name: string, ours: Run, theirs: Run, aim?: number): Row[] {
  return [
    row(name, ours.seconds, 's', theirs.seconds, aim === undefined ? undefined : 1 / aim),
    row(`${name}: processor`, ours.cpuSeconds, 's', theirs.cpuSeconds),
    row(`${name}: memory`, ours.megabytes, 'MB', theirs.megabytes),
    row(`${name}: requests`, ours.requests, '', theirs.requests),
  ]
}

/** Of all runs of ours the one that took the most, beside what it may take. */
export function memoryRow(name: string, rows: readonly Row[]): Row {
  const most = Math.max(...rows.filter(({ unit }) => unit === 'MB').map(({ value }) => value))
  return row(name, most, 'MB', MEMORY, 1)
}

/** Measures one scenario after the other, and says what came out of each: all of them take a quarter of an hour. */
export async function inTurn(scenarios: readonly (() => Promise<Row[]>)[]): Promise<Row[]> {
  const all: Row[] = []
  for (const scenario of scenarios) {
    const rows = await scenario()
    console.error(`${formatRows(rows)}\n(load ${loadavg().map((load) => load.toFixed(1))})\n`)
    all.push(...rows)
  }
  return all
}
