import { match } from 'node:assert'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Check, Peer, RealOptions } from '../../scripts/real/peer.ts'
import { checkConcurrency } from './dvc/concurrency.ts'
import { checkDamage } from './dvc/damage.ts'
import { type Dvc, startDvc } from './dvc/dvc.ts'
import { checkReading } from './dvc/fuzz.ts'
import { checkHistory } from './dvc/history.ts'
import { checkKills } from './dvc/kills.ts'
import { checkPublish } from './dvc/publish.ts'
import { checkRepositories } from './dvc/repositories.ts'
import { checkSelections } from './dvc/selections.ts'
import { checkUrls } from './dvc/urls.ts'
import { checkWriteOptions } from './dvc/write-options.ts'
import { checkRawClients } from './s3/clients.ts'
import { type OpenS3Peer, startMoto } from './s3/moto.ts'
import { startSandboxS3 } from './s3/sandbox.ts'
import type { S3Peer } from './s3/server.ts'
import { type FileS3Peer, startVersitygw } from './s3/versitygw.ts'

interface Prepared extends AsyncDisposable {
  readonly newest: Dvc
  readonly old: Dvc
  readonly legacy: Dvc
  readonly versitygw: FileS3Peer
  readonly moto: OpenS3Peer
  readonly sandbox: S3Peer
  readonly folder: string
}

/** Repositories of an everyday run, and of one with `--full`. */
const COUNT = { everyday: 40, full: 300 } as const

/** The real DVC, old and new, and real S3 servers: both ways between DVC and ours, and what DVC lets pass. */
export const peer: Peer<Prepared> = { name: 'dvc', prepare, run }

async function prepare(): Promise<Prepared> {
  const started = new AsyncDisposableStack()
  const start = async <T extends AsyncDisposable>(starting: Promise<T>) => started.use(await starting)
  const folder = await mkdtemp(join(tmpdir(), 'mlops-actions-real-dvc-'))
  started.defer(() => rm(folder, { recursive: true, force: true }))
  const starting = [
    start(startDvc('newest')),
    start(startDvc('2024')),
    start(startDvc('legacy')),
    start(startVersitygw()),
    start(startMoto()),
    start(startSandboxS3()),
  ] as const
  try {
    const [newest, old, legacy, versitygw, moto, sandbox] = await Promise.all(starting)
    const dispose = () => started.disposeAsync()
    return { newest, old, legacy, versitygw, moto, sandbox, folder, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    // What still starts must be there before it can be stopped.
    await Promise.allSettled(starting)
    await started.disposeAsync()
    throw error
  }
}

async function run(prepared: Prepared, check: Check, options: RealOptions): Promise<void> {
  const { newest, old, legacy, versitygw, moto, sandbox, folder } = prepared
  await check('the versions are those that are asked for', async () => {
    match(await newest.run(folder, '--version'), /^3\.[6-9]\d\.\d+/)
    match(await old.commandLine.run(folder, '--version'), /^3\.50\.\d+/)
    match(await legacy.run(folder, '--version'), /^2\.58\.\d+/)
  })
  const range = {
    first: options.seed ?? 1,
    count: options.count ?? (options.full ? COUNT.full : COUNT.everyday),
  }
  const systems = { dvc: { newest, '2024': old }, legacy, s3: [versitygw, moto, sandbox], folder } as const
  // Who repeats some seeds wants to see nothing else.
  const damaged = options.seed === undefined ? [newest, old] : []
  await Promise.all([
    checkRepositories(systems, range, check),
    ...damaged.map((dvc) => checkDamage(dvc, { versitygw, moto }, folder, check)),
    ...damaged.map((dvc) => checkHistory(dvc, versitygw, folder, check)),
    ...damaged
      .slice(0, options.full ? 2 : 1)
      .flatMap((dvc) => [
        checkUrls(dvc, sandbox, folder, check),
        checkSelections(dvc, versitygw, folder, check),
        checkWriteOptions(dvc, moto, folder, check),
      ]),
    ...(damaged.length === 0 ? [] : [versitygw, moto].map((s3) => checkPublish(newest, s3, folder, check))),
    ...damaged.map((dvc) => checkConcurrency(dvc, versitygw, folder, options.full, check)),
    ...damaged.slice(0, 1).map((dvc) => checkKills(dvc, versitygw, folder, options, check)),
    ...damaged.slice(0, 1).map(() => checkReading([newest, old], folder, options, check)),
  ])
  if (options.full) await checkRawClients(versitygw, folder, check)
}
