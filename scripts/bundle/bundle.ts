import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatLicenses } from './licenses.wire.ts'
import { runNcc } from './ncc.ts'

/**
 * Bundles one compiled action with ncc into `<dir>/dist/<name>/`: index.js, the chunks of its lazy imports,
 * package.json (`"type": "module"`) and licenses.txt. Not minified, so that a reviewer can read the difference.
 */
export async function bundleAction(root: string, name: string, dir: string): Promise<string> {
  const out = join(dir, 'dist', name)
  const stats = join(dir, 'dist', `${name}.stats.json`)
  await runNcc(root, dir, `actions/${name}/src/main.js`, out, ['--stats-out', stats])
  writeFileSync(join(out, 'licenses.txt'), formatLicenses(JSON.parse(readFileSync(stats, 'utf8'))))
  return out
}

/** Calls `work` for every item, at most `limit` at a time; rejects with the first failure after the running ones ended. */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const lane = async (): Promise<void> => {
    for (const item of queue) await work(item)
  }
  const lanes = await Promise.allSettled(Array.from({ length: limit }, lane))
  for (const result of lanes) if (result.status === 'rejected') throw result.reason
}
