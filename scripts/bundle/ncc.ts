import { join } from 'node:path'
import { runOrThrow } from '../command.ts'

/**
 * Bundles an entry with ncc into the folder `out`. ncc runs inside `dir` because webpack writes module paths relative to
 * where it runs: that keeps the bytes the same wherever the repository lies. Its cache is off, as a stale one would survive
 * a change of version.
 * @param entry relative to `dir`
 */
export async function runNcc(
  root: string,
  dir: string,
  entry: string,
  out: string,
  options: readonly string[] = [],
): Promise<void> {
  const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const args = ['build', entry, '--out', out, '--no-cache', '--quiet', ...options]
  await runOrThrow(process.execPath, [ncc, ...args], dir)
}
