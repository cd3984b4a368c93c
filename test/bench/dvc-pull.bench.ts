// What a pull takes beside the newest DVC and the raw download of the same objects, measured in the same run. Installs the
// peers once (scripts/real). Needs the bundles (npm run build) and, for the large files, 21 GB of disk.
import type { BenchOptions, Row } from '../../scripts/bench/measure.ts'
import { installPeers, measureInstall } from './dvc/peers.ts'
import { pullLarge, pullMany } from './dvc/pull-runs.ts'
import type { Bench } from './dvc/push-runs.ts'
import { memoryRow } from './dvc/runs.ts'

const MIB = 2 ** 20

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const peers = await installPeers()
  const bench: Bench = { peers, install: quick ? undefined : await measureInstall() }
  const rows = [
    ...(await pullMany(bench, quick ? 500 : 5_000, 30)),
    ...(await pullLarge(bench, quick ? 'pull 0.5 GB, 10 files' : 'pull 5 GB, 96 files', {
      files: quick ? 10 : 96,
      size: 50 * MIB,
      as: 'single',
    })),
  ]
  return [...rows, memoryRow('pull: the most memory of all runs', rows)]
}
