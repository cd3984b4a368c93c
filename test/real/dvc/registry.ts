import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Dvc } from './dvc.ts'
import { commitAll, git } from './git.ts'
import { REGISTRY } from './plan-imports.ts'

/** A data registry: another DVC repository on this machine, from which others import. */
export async function makeRegistry(dvc: Pick<Dvc, 'run'>, folder: string): Promise<string> {
  await mkdir(folder)
  await git(folder, 'init', '--initial-branch=main')
  await dvc.run(folder, 'init')
  for (const [path, text] of Object.entries(REGISTRY)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await dvc.run(folder, 'add', 'table.csv', 'images')
  await commitAll(folder, 'data')
  return folder
}
