import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installFolder } from '../../../scripts/real/install.ts'
import { dvcEnvironment } from '../../real/dvc/dvc.ts'
import { installDvc, REQUIREMENTS } from '../../real/dvc/versions.ts'
import { installRawClients, type RawClients, rawEnvironment } from '../../real/s3/clients.ts'
import { S3_REGION } from '../../real/s3/server.ts'
import { type Measure, measureProgram } from './meter.wire.ts'
import type { Endpoint } from './step.ts'

/** What others use for the same work. */
export interface Peers {
  /** Path of the newest DVC's command. */
  readonly dvc: string
  readonly raw: RawClients
}

export async function installPeers(): Promise<Peers> {
  return { dvc: (await installDvc('newest')).dvc, raw: await installRawClients() }
}

/** Runs `dvc push` or `dvc pull` as a job on a fresh runner would: nothing of earlier runs but what is in the repository. */
export function measureDvc(
  { dvc }: Peers,
  command: 'push' | 'pull',
  repository: string,
  endpoint: Endpoint,
): Promise<Measure> {
  return inFolder(endpoint, (folder, ca) => {
    const env = { ...dvcEnvironment(folder), ...ca, AWS_REGION: S3_REGION }
    return measureProgram({ command: [dvc, command, '--quiet'], cwd: repository, env })
  })
}

/** Sends (or fetches) the raw bytes of a folder with each of the raw clients, and takes the better time. */
export async function measureRaw(
  { raw }: Peers,
  from: string,
  to: string,
  endpoint: Endpoint,
): Promise<{ readonly name: string; readonly measure: Measure }> {
  const { url } = endpoint
  const commands = {
    s5cmd: [
      raw.s5cmd,
      '--no-verify-ssl',
      '--endpoint-url',
      url,
      'cp',
      '--exclude',
      '*.dvc',
      `${from}${from.startsWith('s3:') ? '*' : ''}`,
      to,
    ],
    'aws s3 cp': [
      ...[raw.aws, '--endpoint-url', url, '--region', S3_REGION, 's3', 'cp'],
      ...['--only-show-errors', '--recursive', '--exclude', '*.dvc', from, to],
    ],
  }
  const measures: { name: string; measure: Measure }[] = []
  for (const [name, command] of Object.entries(commands)) {
    const measure = await inFolder(endpoint, (cwd, ca) =>
      measureProgram({ command, cwd, env: { ...rawEnvironment(), ...ca } }),
    )
    measures.push({ name, measure })
  }
  measures.sort((a, b) => a.measure.seconds - b.measure.seconds)
  const [best] = measures
  if (best === undefined) throw new Error('nobody has sent anything')
  return best
}

/**
 * Seconds of `python -m venv` and `pip install` of DVC and its S3 part with a pip cache that has everything: the least that a
 * job pays before `dvc push` can begin. The first of two installs fills the cache and is not counted.
 */
export async function measureInstall(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'dvc-bench-install-'))
  const env = { PATH: process.env['PATH'], HOME: folder, PIP_CACHE_DIR: join(installFolder(), 'bench-pip') }
  const measure = (command: readonly string[]) => measureProgram({ command, cwd: folder, env })
  try {
    let seconds = 0
    for (const name of ['first', 'second']) {
      const { seconds: made } = await measure(['python3', '-m', 'venv', name])
      const pip = [join(name, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check']
      seconds = made + (await measure([...pip, ...REQUIREMENTS.newest])).seconds
      rmSync(join(folder, name), { recursive: true })
    }
    return seconds
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function inFolder(
  { ca }: Endpoint,
  work: (folder: string, env: NodeJS.ProcessEnv) => Promise<Measure>,
): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'dvc-bench-peer-'))
  const file = join(folder, 'ca.pem')
  try {
    if (ca !== '') writeFileSync(file, ca)
    return await work(folder, ca === '' ? {} : { AWS_CA_BUNDLE: file })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
