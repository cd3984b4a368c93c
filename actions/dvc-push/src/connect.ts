import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type CredentialProvider, resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createS3 } from '@mlops-actions/aws/s3'
import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { createStore, type Remote, type Store, type Stores } from '@mlops-actions/dvc'
import { createHttp } from '@mlops-actions/http'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** The stores of all remotes, each with a client of its own, and what closes their sockets. */
export async function connect(
  inputs: Inputs,
  world: ActionWorld,
  remotes: readonly Remote[],
): Promise<{ readonly stores: Stores; readonly close: () => void }> {
  const stores = new Map<string, Store>()
  const closing: (() => void)[] = []
  for (const remote of remotes) {
    for (const warning of remote.warnings) world.log.warn(warning)
    const { store, close } = await connectRemote(inputs, world, remote)
    stores.set(remote.name, store)
    closing.push(close)
  }
  const close = () => {
    for (const one of closing) one()
  }
  return { stores, close }
}

async function connectRemote(inputs: Inputs, world: ActionWorld, remote: Remote) {
  const { requestTimeout } = inputs
  const region = regionOf(inputs, world, remote)
  const caCert = await readCertificates(inputs, world, remote)
  const http = createHttp(world, { requestTimeout, ...(caCert === undefined ? {} : { caCert }) })
  const s3 = createS3({
    http,
    region,
    credentials: credentialsOf(inputs, world, remote, region),
    requestTimeout,
    env: world.env,
    endpoint: remote.endpoint,
  })
  const close = () => {
    s3.destroy()
    http.close()
  }
  return { store: createStore(remote, s3, world.signal), close }
}

/** S3-compatible servers rarely care for the region, but every signature has one. */
function regionOf(
  { awsRegion }: Inputs,
  world: ActionWorld,
  { region, endpoint }: Remote,
): string | undefined {
  const known = resolveRegion(world, { input: awsRegion ?? region })
  return known ?? (endpoint === undefined ? undefined : 'us-east-1')
}

/** The role that the step names, then the keys that the repository names, then whatever the job has. */
function credentialsOf(
  { roleToAssume }: Inputs,
  world: ActionWorld,
  { keys }: Remote,
  region: string | undefined,
): CredentialProvider | undefined {
  const { idToken, context } = world
  const sessionName = `mlops-actions-${context.runId}`
  const assumed = roleCredentials(world, { role: roleToAssume, region, idToken, sessionName })
  if (assumed !== undefined || keys === undefined) return assumed
  world.mask(keys.secretAccessKey)
  if (keys.sessionToken !== undefined) world.mask(keys.sessionToken)
  return async () => keys
}

/** `ca-cert` and the file that `ssl_verify` of the remote names. */
async function readCertificates(
  { caCert }: Inputs,
  { context }: ActionWorld,
  { caFile, name }: Remote,
): Promise<string | undefined> {
  const isText = caCert?.includes('-----BEGIN CERTIFICATE-----') === true
  const given = isText ? caCert : await readPem(caCert && resolve(context.workspace, caCert), 'ca-cert')
  const configured = await readPem(caFile, `ssl_verify of the remote "${name}"`)
  return [given, configured].filter((pem) => pem !== undefined).join('\n') || undefined
}

async function readPem(path: string | undefined, on: string): Promise<string | undefined> {
  if (path === undefined || path === '') return undefined
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure({
      kind: 'config',
      code: 'CA_CERT',
      what: 'Cannot read the certificates',
      on,
      seen: messageOf(cause),
      next: 'Give PEM certificates or the path of a file that exists',
      cause,
    })
  })
}
