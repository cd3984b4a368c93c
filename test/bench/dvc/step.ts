import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { S3_KEYS, S3_REGION } from '../../real/s3/server.ts'
import { type Measure, measureProgram } from './meter.wire.ts'

/** The part of a server that its clients have to know. */
export interface Endpoint {
  readonly url: string
  /** PEM of the authority of its certificate; '' where there is no TLS. */
  readonly ca: string
}

const BUNDLES = resolve(import.meta.dirname, '../../../dist')

/** Runs the bundle of an action in a repository, as the runner starts it. @throws Error where it fails */
export async function measureStep(
  action: 'dvc-push' | 'dvc-pull',
  workspace: string,
  { ca }: Endpoint,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), 'dvc-bench-step-'))
  const file = (name: string) => join(folder, name)
  try {
    for (const name of ['output', 'summary']) writeFileSync(file(name), '')
    writeFileSync(file('ca'), ca)
    const given = Object.entries({ ...inputs, ...(ca === '' ? {} : { 'ca-cert': file('ca') }) })
    const env = {
      PATH: process.env['PATH'],
      HOME: folder,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: folder,
      AWS_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
      AWS_REGION: S3_REGION,
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    }
    const command = [process.execPath, join(BUNDLES, action, 'index.js')]
    return await measureProgram({ command, cwd: workspace, env })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
