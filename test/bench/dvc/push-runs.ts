import { join } from 'node:path'
import { type Row, row } from '../../../scripts/bench/measure.ts'
import type { Dataset, DatasetWish } from './dataset.ts'
import { measureLimits } from './limits.ts'
import { measureDvc, measureRaw, type Peers } from './peers.ts'
import { compare, counted, type Run, repeated, withDataset, withServer } from './runs.ts'
import type { BenchServer, ServerWish } from './servers.ts'
import { measureStep } from './step.ts'

/** What every scenario needs to know. */
export interface Bench {
  readonly peers: Peers
  /** Seconds in which DVC is installed; undefined where that was not measured. */
  readonly install: number | undefined
}

type Push = (dataset: Dataset, server: BenchServer) => Promise<Run>

/** What keeps nothing has nothing to look at afterwards, and DVC never looks. */
const ours =
  (inputs: Readonly<Record<string, string>> = {}): Push =>
  (dataset, server) => {
    dataset.pointTo(server)
    return counted(server, () => measureStep('dvc-push', dataset.root, server, inputs))
  }

const dvcs =
  ({ peers }: Bench): Push =>
  (dataset, server) => {
    dataset.pointTo(server)
    return counted(server, () => measureDvc(peers, 'push', dataset.root, server))
  }

/** Many small files to a server at some distance, that checks signatures and keeps what it gets. */
export function pushMany(bench: Bench, files: number, latency: number): Promise<Row[]> {
  const name = `push ${files} x 10 KiB, ${latency} ms away`
  const wish: ServerWish = { kind: 'store', tls: false, latency }
  return withDataset({ files, size: 10 * 1_024, as: 'directory' }, async (dataset) => {
    const mine = await repeated(3, () => withServer(wish, (server) => ours()(dataset, server)))
    const theirs = await withServer(wish, (server) => dvcs(bench)(dataset, server))
    const raw = await withServer(wish, (server) => sendRaw(bench, dataset, server))
    return [...compare(name, mine, theirs, 6), ...withInstall(bench, name, mine, theirs), raw(name, mine)]
  })
}

/** Large files under TLS to a server that keeps nothing: the limit is the client, or this machine. */
export function pushLarge(bench: Bench, name: string, files: DatasetWish): Promise<Row[]> {
  const wish: ServerWish = { kind: 'discard', tls: true, latency: 0 }
  return withDataset(files, async (dataset) => {
    const push = ours({ verify: 'false' })
    const mine = await repeated(3, () => withServer(wish, (server) => push(dataset, server)))
    const theirs = await withServer(wish, (server) => dvcs(bench)(dataset, server))
    const raw = await withServer(wish, (server) => sendRaw(bench, dataset, server))
    const limits = await withServer(wish, (server) => besideLimits(name, dataset, server, mine.seconds))
    const install = withInstall(bench, name, mine, theirs)
    return [...compare(name, mine, theirs, 2), ...install, raw(name, mine), ...limits]
  })
}

/** One file that is larger than any memory, by ours alone. */
export function pushHuge(name: string, files: DatasetWish): Promise<Row[]> {
  return withDataset(files, (dataset) =>
    withServer({ kind: 'discard', tls: true, latency: 0 }, async (server) => {
      const mine = await ours({ verify: 'false' })(dataset, server)
      const limits = await besideLimits(name, dataset, server, mine.seconds)
      const parts = Math.ceil(dataset.bytes / PART)
      return [
        ...limits,
        row(`${name}: memory`, mine.megabytes, 'MB', dataset.bytes / 1e6),
        row(`${name}: requests, beside the parts of 8 MiB`, mine.requests, '', parts),
      ]
    }),
  )
}

/** As the number of files grows: everything new, nothing to do, one file changed. */
export function pushGrowing(bench: Bench, wish: DatasetWish): Promise<Row[]> {
  const what = wish.as === 'single' ? '.dvc files' : 'files'
  const server: ServerWish = { kind: 'store', tls: false, latency: 0 }
  return withDataset(wish, (dataset) =>
    withServer(server, (here) =>
      withServer(server, async (there) => {
        const rows: Row[] = []
        for (const state of ['all new', 'nothing to do', 'one changed'] as const) {
          if (state === 'one changed') dataset.changeOne()
          const mine = await ours()(dataset, here)
          const theirs = await dvcs(bench)(dataset, there)
          const name = `push ${wish.files} ${what}, ${state}`
          rows.push(...compare(name, mine, theirs), ...withInstall(bench, name, mine, theirs))
          const most = MOST[`${wish.files} ${what}, ${state}`]
          if (most !== undefined) rows.push(row(`${name}: beside its aim`, mine.seconds, 's', most, 1))
        }
        return rows
      }),
    ),
  )
}

/** Bytes of a part of ours. */
const PART = 8 * 2 ** 20

/** Seconds. */
const MOST: Readonly<Record<string, number>> = {
  '10000 files, nothing to do': 1.5,
  '10000 .dvc files, nothing to do': 1.5,
  '100000 files, one changed': 5,
}

async function besideLimits(
  name: string,
  dataset: Dataset,
  server: BenchServer,
  seconds: number,
): Promise<Row[]> {
  const { line, hash, together } = await measureLimits(server, dataset)
  return [
    row(`${name}: beside the slower of MD5 and TLS by bare node`, seconds, 's', Math.max(line, hash), 1.3),
    row(`${name}: beside both at once by bare node`, seconds, 's', together, 1.3),
  ]
}

async function sendRaw(
  { peers }: Bench,
  { root }: Dataset,
  server: BenchServer,
): Promise<(name: string, mine: Run) => Row> {
  const { name: best, measure } = await measureRaw(peers, `${join(root, 'data')}/`, 's3://data/raw/', server)
  return (name, mine) => row(`${name}: beside ${best}`, mine.seconds, 's', measure.seconds, 1)
}

function withInstall({ install }: Bench, name: string, mine: Run, theirs: Run): Row[] {
  if (install === undefined) return []
  return [row(`${name}: beside pip install + dvc push`, mine.seconds, 's', install + theirs.seconds)]
}
