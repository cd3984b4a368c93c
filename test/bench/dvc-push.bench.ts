// What a push takes beside the newest DVC, the raw upload of the same bytes, and what this machine is able to do, all
// measured in the same run. Installs the peers once (scripts/real). Needs the bundle (npm run build).
import { drawGrowth } from '../../scripts/bench/chart.ts'
import type { BenchOptions, Row } from '../../scripts/bench/measure.ts'
import { installPeers, measureInstall } from './dvc/peers.ts'
import { type Bench, pushGrowing, pushHuge, pushLarge, pushMany } from './dvc/push-runs.ts'
import { inTurn, memoryRow } from './dvc/runs.ts'

const MIB = 2 ** 20

export function draw(rows: readonly Row[]): string {
  return drawGrowth(rows, 'dvc push')
}

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const peers = await installPeers()
  const bench: Bench = { peers, install: quick ? undefined : await measureInstall() }
  const rows = await inTurn(quick ? few(bench) : all(bench))
  return [...rows, memoryRow('push: the most memory of all runs', rows)]
}

function all(bench: Bench): (() => Promise<Row[]>)[] {
  const large = (files: number, size: number) => ({ files, size: size * MIB, as: 'single' as const })
  const small = (files: number) => ({ files, size: 1_024, as: 'directory' as const })
  return [
    () => pushMany(bench, 5_000, 30),
    () => pushLarge(bench, 'push 20 x 50 MiB, TLS', large(20, 50)),
    () => pushLarge(bench, 'push 1 x 2 GiB, TLS', large(1, 2_048)),
    () => pushGrowing(bench, small(1_000)),
    () => pushGrowing(bench, small(10_000)),
    () => pushGrowing(bench, { ...small(10_000), as: 'single' }),
    () => pushGrowing(bench, small(100_000)),
    () => pushHuge('push 1 x 20 GiB, sparse, TLS', { ...large(1, 20_480), sparse: true }),
  ]
}

function few(bench: Bench): (() => Promise<Row[]>)[] {
  return [
    () => pushMany(bench, 500, 30),
    () => pushLarge(bench, 'push 4 x 50 MiB, TLS', { files: 4, size: 50 * MIB, as: 'single' }),
    () => pushGrowing(bench, { files: 1_000, size: 1_024, as: 'directory' }),
  ]
}
