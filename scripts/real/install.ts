import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, realpath, rm, stat, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Longer than any installation takes: what is older and not finished was killed. */
const ABANDONED_MS = 2 * 60 * 60 * 1000

/** Where installations are kept between runs; everything in it may be deleted at any time. */
export function installFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mlops-actions')
}

/**
 * The folder that `build` has filled, now or in an earlier run. It gets its name only when `build` is done, so nobody
 * finds one that is half made; of two that build at the same time the later one takes what the first one made.
 * @param recipe everything that decides what is built; another recipe is another folder
 */
export async function installOnce(
  name: string,
  recipe: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const digest = createHash('sha256').update(recipe).digest('hex').slice(0, 12)
  const installed = join(installFolder(), `${name}-${digest}`)
  const existing = await realpath(installed).catch(() => undefined)
  if (existing !== undefined) return existing
  await mkdir(installFolder(), { recursive: true })
  await rm(installed, { force: true })
  await removeAbandoned(`.${name}-`)
  // The final path from the start: what is built in it may remember where it is.
  const folder = await mkdtemp(join(installFolder(), `.${name}-${digest}-`))
  try {
    await build(folder)
    await symlink(folder, installed)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    if (!isTaken(error)) throw error
  }
  return realpath(installed)
}

function isTaken(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error)) return false
  return error.code === 'EEXIST' && error.syscall === 'symlink'
}

async function removeAbandoned(prefix: string): Promise<void> {
  const names = await readdir(installFolder())
  const used = await Promise.all(names.map((name) => realpath(join(installFolder(), name)).catch(() => '')))
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    const folder = join(installFolder(), name)
    const isUsed = used.filter((path) => path === folder).length > 1
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }))
    if (!isUsed && Date.now() - mtimeMs > ABANDONED_MS) await rm(folder, { recursive: true, force: true })
  }
}
