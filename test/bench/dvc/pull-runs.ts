import { closeSync, mkdtempDisposableSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type Row, row } from '../../../scripts/bench/measure.ts'
import { runOrThrow } from '../../../scripts/command.ts'
import { startVersitygw } from '../../real/s3/versitygw.ts'
import type { Checkout, Dataset, DatasetWish } from './dataset.ts'
import type { Measure } from './meter.wire.ts'
import { measureDvc, measureRaw } from './peers.ts'
import type { Bench } from './push-runs.ts'
import { compare, counted, inRounds, MEMORY, type Run, withDataset, withServer } from './runs.ts'
import { type Endpoint, measureStep } from './step.ts'

/** A data set that lies in a remote, and a checkout that has nothing of it. */
interface Pulling {
  readonly bench: Bench
  readonly dataset: Dataset
  readonly checkout: Checkout
  readonly endpoint: Endpoint
  /** Adds how often the program asked the server. */
  readonly count: (measure: () => Promise<Measure>) => Promise<Run>
}

/** Many small files from a server at some distance. */
export function pullMany(bench: Bench, files: number, latency: number): Promise<Row[]> {
  const name = `pull ${files} x 10 KiB, ${latency} ms away`
  return withDataset({ files, size: 10 * 1_024, as: 'directory' }, (dataset) =>
    withServer({ kind: 'store', tls: false, latency }, (server) =>
      pulling(bench, dataset, server, (measure) => counted(server, measure)).then((rows) => rows(name, 6)),
    ),
  )
}

/** Large files from a server that keeps them on the disk of this machine: versitygw. */
export async function pullLarge(bench: Bench, name: string, wish: DatasetWish): Promise<Row[]> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'dvc-bench-gateway-'))
  const accessLog = join(folder.path, 'access.log')
  await using gateway = await startVersitygw({ accessLog })
  await gateway.createBucket('data')
  const requests = () => Promise.resolve(readFileSync(accessLog, 'utf8').split('\n').length - 1)
  // Awaited here: the gateway lives as long as this function.
  return await withDataset(wish, async (dataset) => {
    const endpoint = { url: gateway.url, ca: '' }
    const rows = await pulling(bench, dataset, endpoint, (measure) => counted({ requests }, measure))
    return rows(name, 2)
  })
}

/** More files than anybody wants in memory, by ours alone. */
export function pullAlone(name: string, wish: DatasetWish): Promise<Row[]> {
  return withDataset(wish, (dataset) =>
    withServer({ kind: 'store', tls: false, latency: 0 }, async (server) => {
      dataset.pointTo(server)
      await measureStep('dvc-push', dataset.root, server)
      const checkout = dataset.clone()
      try {
        checkout.pointTo(server)
        const { seconds, megabytes } = await measureStep('dvc-pull', checkout.root, server)
        return [row(name, seconds, 's', seconds), row(`${name}: memory`, megabytes, 'MB', MEMORY, 1)]
      } finally {
        checkout.remove()
      }
    }),
  )
}

/** That are counted. */
const ROUNDS = 3

type Rows = (name: string, aim: number) => Row[]

async function pulling(
  bench: Bench,
  dataset: Dataset,
  endpoint: Endpoint,
  count: Pulling['count'],
): Promise<Rows> {
  dataset.pointTo(endpoint)
  await measureStep('dvc-push', dataset.root, endpoint)
  const checkout = dataset.clone()
  try {
    checkout.pointTo(endpoint)
    const pull: Pulling = { bench, dataset, checkout, endpoint, count }
    let raw = 'nobody'
    const [mine, theirs, best] = await inRounds(ROUNDS, [
      () => fresh(pull, () => measureStep('dvc-pull', checkout.root, endpoint)),
      () => fresh(pull, () => measureDvc(bench.peers, 'pull', checkout.root, endpoint)),
      async () => {
        const { name, measure } = await fetchRaw(pull)
        raw = name
        return { ...measure, requests: 0 }
      },
    ])
    if (mine === undefined || theirs === undefined || best === undefined)
      throw new Error('there are fewer medians than programs')
    return (name, aim) => [
      ...compare(name, mine, theirs, aim),
      ...installRows(bench, name, mine, theirs),
      row(`${name}: beside ${raw}`, mine.seconds, 's', best.seconds, 1),
      row(`${name}: processor beside ${raw}`, mine.cpuSeconds, 's', best.cpuSeconds),
    ]
  } finally {
    checkout.remove()
  }
}

/** Pulls into an empty checkout, and looks whether everything is there. */
async function fresh({ dataset, checkout, count }: Pulling, measure: () => Promise<Measure>): Promise<Run> {
  checkout.empty()
  await settle()
  const run = await count(measure)
  for (const file of dataset.files) assertSame(file, join(checkout.root, relative(dataset.root, file)))
  return run
}

async function fetchRaw({ bench, checkout, endpoint }: Pulling) {
  checkout.empty()
  await settle()
  const to = join(checkout.root, 'raw')
  const best = await measureRaw(bench.peers, 's3://data/dvc/', `${to}/`, endpoint)
  rmSync(to, { recursive: true, force: true })
  return best
}

/** What an earlier run has written is on the disk before the next one is measured. */
function settle(): Promise<string> {
  return runOrThrow('sync', [], '/')
}

function installRows({ install }: Bench, name: string, mine: Run, theirs: Run): Row[] {
  if (install === undefined) return []
  return [row(`${name}: beside pip install + dvc pull`, mine.seconds, 's', install + theirs.seconds)]
}

/** By size and the first MiB, in which no two files of a data set are alike. */
function assertSame(wanted: string, found: string): void {
  const same = statSync(wanted).size === statSync(found).size && startOf(wanted).equals(startOf(found))
  if (!same) throw new Error(`${found} is not what was pushed`)
}

function startOf(path: string): Buffer {
  const buffer = Buffer.alloc(2 ** 20)
  const file = openSync(path, 'r')
  const read = readSync(file, buffer)
  closeSync(file)
  return buffer.subarray(0, read)
}
