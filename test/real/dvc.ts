import { match, strictEqual } from 'node:assert'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runOrThrow } from '../../scripts/command.ts'
import type { Check, Peer } from '../../scripts/real/peer.ts'
import { checkInterop } from './dvc-s3.ts'
import { dvcVenv } from './dvc-venv.ts'

type Prepared = AsyncDisposable & { readonly folder: string; readonly dvc: string }

/** The real DVC: the facts about it on which the dvc package is built, and both ways between it and the action. */
export const peer: Peer<Prepared> = { name: 'dvc', prepare, run }

async function prepare(): Promise<Prepared> {
  const { dvc } = await dvcVenv()
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-dvc-'))
  await runOrThrow('git', ['init', '--quiet'], folder)
  await runOrThrow(dvc, ['init', '--quiet'], folder)
  await runOrThrow(dvc, ['config', 'core.analytics', 'false'], folder)
  return { folder, dvc, [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }) }
}

async function run({ folder, dvc }: Prepared, check: Check): Promise<void> {
  const content = 'a,b\n1,2\n'
  const md5 = createHash('md5').update(content).digest('hex')
  await check('it is version 3', async () => {
    match(await runOrThrow(dvc, ['--version'], folder), /^3\.\d+\.\d+/)
  })
  await check('it can speak to S3', async () => {
    match(await runOrThrow(dvc, ['doctor'], folder), /^\s*s3 \(s3fs/m)
  })
  await check('a tracked file is named by the MD5 of its bytes', async () => {
    writeFileSync(join(folder, 'data.csv'), content)
    await runOrThrow(dvc, ['add', '--quiet', 'data.csv'], folder)
    match(readFileSync(join(folder, 'data.csv.dvc'), 'utf8'), new RegExp(`^- md5: ${md5}$`, 'm'))
  })
  await check('a push stores it under files/md5 by the first two digits', async () => {
    await runOrThrow(dvc, ['remote', 'add', '--quiet', '--default', 'store', join(folder, 'store')], folder)
    await runOrThrow(dvc, ['push', '--quiet'], folder)
    const object = join(folder, 'store/files/md5', md5.slice(0, 2), md5.slice(2))
    strictEqual(existsSync(object) && readFileSync(object, 'utf8'), content)
  })
  await checkInterop(dvc, check)
}
