// What a pull takes beside the newest DVC and the raw download of the same objects, measured in the same run. Installs the
// peers once (scripts/real). Needs the bundles (npm run build) and, for the large files, 21 GB of disk.
import type { BenchOptions, Row } from '../../scripts/bench/measure.ts'
import { installPeers, measureInstall } from './dvc/peers.ts'
import { pullAlone, pullLarge, pullMany } from './dvc/pull-runs.ts'
import type { Bench } from './dvc/push-runs.ts'
import { inTurn, memoryRow } from './dvc/runs.ts'

const MIB = 2 ** 20

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const peers = await installPeers()
  const bench: Bench = { peers, install: quick ? undefined : await measureInstall() }
  const [files, gigabytes, many] = quick ? [10, 0.5, 1_000] : [96, 5, 100_000]
  const large = { files, size: 50 * MIB, as: 'single' as const }
  const rows = await inTurn([
    () => pullMany(bench, quick ? 500 : 5_000, 30),
    () => pullLarge(bench, `pull ${gigabytes} GB, ${files} files`, large),
    () => pullAlone(`pull ${many} files of 1 KiB`, { files: many, size: 1_024, as: 'directory' }),
  ])
  return [...rows, memoryRow('pull: the most memory of all runs', rows)]
}
