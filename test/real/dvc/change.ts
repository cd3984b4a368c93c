import { chmod, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RepositoryPlan } from './plan.ts'
import type { Random } from './random.ts'

/** Changes some of the outputs as people do: other bytes, another mode, a file more, a file less. Returns which. */
export async function changeTracked(
  root: string,
  outputs: readonly string[],
  random: Random,
  version: RepositoryPlan['version'],
): Promise<string[]> {
  const changed = random.some(outputs, random.integer(1, 3))
  for (const path of changed) await change(join(root, path), random, version)
  return changed
}

async function change(path: string, random: Random, version: RepositoryPlan['version']): Promise<void> {
  const found = await stat(path)
  // Of a bit that alone came or went 3.50.3 records nothing, and takes it back in the workspace and where it is recorded.
  if (!found.isDirectory() && version === 'newest' && random.chance(0.2))
    return chmod(path, found.mode ^ 0o111)
  if (!found.isDirectory()) return changeFile(path, random)
  const files = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isFile())
  const [first, second] = random.some(files, 2)
  if (first !== undefined) await changeFile(join(path, first.name), random)
  if (second !== undefined && random.chance(0.5)) await rm(join(path, second.name), { force: true })
  await writeFile(join(path, random.pick(['new', 'n\u00e9w', 'zz\u{1f600}'])), random.bytes(9))
}

async function changeFile(path: string, random: Random): Promise<void> {
  await writeFile(path, random.bytes(random.integer(0, 99)))
  await chmod(path, random.pick([0o644, 0o755]))
}
