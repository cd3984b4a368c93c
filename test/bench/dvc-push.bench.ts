// What a push takes, each row beside what it cannot be faster than, measured in the same run.
// Needs the bundle (npm run build). DVC_BENCH_LARGE=1 adds 100,000 files and one file of 20 GiB.
import { type Row, row } from '../../scripts/bench/measure.ts'
import { type Dataset, type DatasetWish, makeDataset } from './dvc/dataset.ts'
import { measureLine } from './dvc/line.ts'
import { type BenchServer, type ServerWish, startBenchServer } from './dvc/servers.ts'
import { measurePush, type StepMeasure } from './dvc/step.ts'

const MIB = 2 ** 20
/** MB that a step may take, whatever it sends. */
const MEMORY = 300
const LATENCY = 30
/** Requests at once, at most. */
const JOBS = 128

export async function rows(): Promise<readonly Row[]> {
  const large = process.env['DVC_BENCH_LARGE'] === '1'
  return [
    ...(await manySmall(5_000)),
    ...(await nothingToDo(10_000)),
    ...(await toTheLine('20 x 50 MiB', { files: 20, size: 50 * MIB, as: 'single' })),
    ...(await toTheLine('1 x 2 GiB', { files: 1, size: 2_048 * MIB, as: 'single' })),
    ...(large ? await nothingToDo(100_000) : []),
    ...(large
      ? await toTheLine('1 x 20 GiB', { files: 1, size: 20_480 * MIB, as: 'single', sparse: true })
      : []),
  ]
}

async function manySmall(files: number): Promise<Row[]> {
  const name = `push ${files} x 10 KiB, ${LATENCY} ms`
  const wish = { files, size: 10 * 1024, as: 'directory' } as const
  return withBoth(wish, { kind: 'store', tls: false, latency: LATENCY }, async (dataset, server) => {
    const measured = await measurePush(dataset.root, server)
    const ideal = (files * LATENCY) / JOBS / 1_000
    return [row(name, measured.seconds, 's', ideal), ...costs(name, measured, await requests(server), files)]
  })
}

/** The second push has nothing to do, the third one file and the list. */
async function nothingToDo(files: number): Promise<Row[]> {
  const wish = { files, size: 1_024, as: 'directory' } as const
  return withBoth(wish, { kind: 'store', tls: false, latency: 0 }, async (dataset, server) => {
    const first = await measurePush(dataset.root, server)
    const before = await requests(server)
    const again = await measurePush(dataset.root, server)
    const asked = (await requests(server)) - before
    dataset.changeOne()
    const changed = await measurePush(dataset.root, server)
    return [
      row(`push ${files} files, all of them new`, first.seconds, 's', first.cpuSeconds),
      row(`push ${files} files, memory`, first.megabytes, 'MB', MEMORY),
      row(`push ${files} files, nothing to do`, again.seconds, 's', again.cpuSeconds),
      ...costs(`push ${files} files, nothing to do`, again, asked, files),
      row(`push ${files} files, one changed`, changed.seconds, 's', changed.cpuSeconds),
    ]
  })
}

/** Under TLS to a server that keeps nothing: the limit is the line, or this machine. */
async function toTheLine(what: string, wish: DatasetWish): Promise<Row[]> {
  const name = `push ${what}, TLS`
  return withBoth(wish, { kind: 'discard', tls: true, latency: 0 }, async (dataset, server) => {
    const line = await measureLine(server, dataset.bytes)
    const before = await requests(server)
    // What keeps nothing has nothing to look at afterwards.
    const measured = await measurePush(dataset.root, server, { verify: 'false' })
    const parts = dataset.bytes / (8 * MIB)
    return [
      row(name, measured.seconds, 's', line),
      ...costs(name, measured, (await requests(server)) - before, parts),
    ]
  })
}

function costs(
  name: string,
  { megabytes, cpuSeconds, seconds }: StepMeasure,
  asked: number,
  least: number,
): Row[] {
  return [
    row(`${name}, memory`, megabytes, 'MB', MEMORY),
    row(`${name}, processor`, cpuSeconds, 's', seconds),
    row(`${name}, requests`, asked, '', least),
  ]
}

async function requests(server: BenchServer): Promise<number> {
  return Object.values(await server.counts()).reduce((sum, count) => sum + count, 0)
}

async function withBoth(
  wish: DatasetWish,
  serverWish: ServerWish,
  measure: (dataset: Dataset, server: BenchServer) => Promise<Row[]>,
): Promise<Row[]> {
  const dataset = makeDataset(wish)
  const server = await startBenchServer(serverWish)
  try {
    dataset.pointTo(server)
    return await measure(dataset, server)
  } finally {
    await server.close()
    dataset.remove()
  }
}
