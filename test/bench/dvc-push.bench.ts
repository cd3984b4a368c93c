// What a push takes beside the newest DVC, the raw upload of the same bytes, and what this machine is able to do, all
// measured in the same run. Installs the peers once (scripts/real). Needs the bundle (npm run build).
import type { BenchOptions, Row } from '../../scripts/bench/measure.ts'
import { installPeers, measureInstall } from './dvc/peers.ts'
import { type Bench, pushGrowing, pushHuge, pushLarge, pushMany } from './dvc/push-runs.ts'
import { memoryRow } from './dvc/runs.ts'

const MIB = 2 ** 20

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const peers = await installPeers()
  const bench: Bench = { peers, install: quick ? undefined : await measureInstall() }
  const rows = quick ? await few(bench) : await all(bench)
  return [...rows, memoryRow('push: the most memory of all runs', rows)]
}

async function all(bench: Bench): Promise<Row[]> {
  return [
    ...(await pushMany(bench, 5_000, 30)),
    ...(await pushLarge(bench, 'push 20 x 50 MiB, TLS', { files: 20, size: 50 * MIB, as: 'single' })),
    ...(await pushLarge(bench, 'push 1 x 2 GiB, TLS', { files: 1, size: 2_048 * MIB, as: 'single' })),
    ...(await pushHuge('push 1 x 20 GiB, sparse, TLS', {
      files: 1,
      size: 20_480 * MIB,
      as: 'single',
      sparse: true,
    })),
    ...(await pushGrowing(bench, { files: 10_000, size: 1_024, as: 'single' })),
    ...(await pushGrowing(bench, { files: 1_000, size: 1_024, as: 'directory' })),
    ...(await pushGrowing(bench, { files: 10_000, size: 1_024, as: 'directory' })),
    ...(await pushGrowing(bench, { files: 100_000, size: 1_024, as: 'directory' })),
  ]
}

async function few(bench: Bench): Promise<Row[]> {
  return [
    ...(await pushMany(bench, 500, 30)),
    ...(await pushLarge(bench, 'push 4 x 50 MiB, TLS', { files: 4, size: 50 * MIB, as: 'single' })),
    ...(await pushGrowing(bench, { files: 1_000, size: 1_024, as: 'directory' })),
  ]
}
