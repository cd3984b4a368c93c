import { readFile } from 'node:fs/promises'
import { type CredentialProvider, readAddressing, resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createS3WithGets } from '@mlops-actions/aws/s3'
import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import { createHttp, parseCertificates } from '@mlops-actions/http'
import type { Remote } from '../repository/remote.ts'
import { createDirect } from './direct.ts'
import { createPace, DEFAULT_PACE } from './pace.ts'
import { createStore, type Store } from './store.ts'

/** How the remotes of a step are spoken to. */
export interface ConnectOptions {
  /** ARN of a role to assume by OIDC; the repository's own keys count where it is undefined. */
  readonly role: string | undefined
  readonly region: string | undefined
  readonly idToken: (audience: string) => Promise<string>
  /** Shows in CloudTrail: `mlops-actions-42`. */
  readonly sessionName: string
  /** Milliseconds. */
  readonly requestTimeout: number
  /** PEM certificates that are trusted in addition. */
  readonly caCert: string | undefined
  /** The most requests at once; `jobs` of a remote counts where it is undefined. */
  readonly jobs?: number | undefined
  /** Whether this account pays for requests and traffic. */
  readonly requesterPays?: boolean | undefined
}

/** The stores of all remotes by their names, each with a client of its own, and what closes their sockets. */
export interface Connections {
  readonly stores: ReadonlyMap<string, Store>
  readonly close: () => void
}

/** Nothing is sent yet. @throws Failure `config` for certificates that cannot be read */
export async function connectRemotes(
  world: World,
  remotes: readonly Remote[],
  options: ConnectOptions,
): Promise<Connections> {
  const stores = new Map<string, Store>()
  const closing: (() => void)[] = []
  for (const remote of remotes) {
    for (const warning of remote.warnings) world.log.warn(warning)
    const { store, close } = await connectRemote(world, remote, options)
    stores.set(remote.name, store)
    closing.push(close)
  }
  const close = () => {
    for (const one of closing) one()
  }
  return { stores, close }
}

async function connectRemote(world: World, remote: Remote, options: ConnectOptions) {
  const { requestTimeout } = options
  const region = regionOf(world, remote, options)
  const caCert = await certificatesOf(remote, options)
  const http = createHttp(world, { requestTimeout, ...(caCert === undefined ? {} : { caCert }) })
  const pace = createPace(world, { ...DEFAULT_PACE, max: options.jobs ?? remote.jobs ?? DEFAULT_PACE.max })
  const { s3, gets } = createS3WithGets({
    http,
    region,
    credentials: credentialsOf(world, remote, { ...options, region }),
    requestTimeout,
    env: world.env,
    endpoint: remote.endpoint,
    addressing: await readAddressing(world),
    anonymous: remote.anonymous,
    requesterPays: options.requesterPays,
    retry: { world, onTrouble: (trouble) => trouble === 'throttled' && pace.slowDown() },
  })
  if (remote.customerKey !== undefined) world.mask(remote.customerKey.SSECustomerKey)
  const direct =
    http.direct === undefined ? undefined : createDirect(world, { gets, line: http.direct, requestTimeout })
  const close = () => {
    direct?.close()
    s3.destroy()
    http.close()
  }
  return { store: createStore(remote, s3, world.signal, { pace, sleep: world.sleep, direct }), close }
}

/** S3-compatible servers rarely care for the region, but every signature has one. */
function regionOf(
  world: World,
  { region, endpoint, bucket }: Remote,
  options: ConnectOptions,
): string | undefined {
  const resource = bucket.startsWith('arn:') ? bucket : undefined
  const known = resolveRegion(world, { input: options.region ?? region, resource })
  return known ?? (endpoint === undefined ? undefined : 'us-east-1')
}

/** The role that the step names, then the keys that the repository names, then whatever the job has. */
function credentialsOf(
  world: World,
  { keys }: Remote,
  { role, region, idToken, sessionName }: ConnectOptions,
): CredentialProvider | undefined {
  const assumed = roleCredentials(world, { role, region, idToken, sessionName })
  if (assumed !== undefined || keys === undefined) return assumed
  world.mask(keys.secretAccessKey)
  if (keys.sessionToken !== undefined) world.mask(keys.sessionToken)
  return async () => keys
}

/** Those of the step, and those of the file that `ssl_verify` of the remote names. */
async function certificatesOf(
  { caFile, name }: Remote,
  { caCert }: ConnectOptions,
): Promise<string | undefined> {
  const configured = caFile === undefined ? undefined : await readPem(caFile, name)
  return [caCert, configured].filter((pem) => pem !== undefined).join('\n') || undefined
}

async function readPem(path: string, remote: string): Promise<string> {
  const on = `ssl_verify of the remote "${remote}"`
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure({
      kind: 'config',
      code: 'CA_CERT',
      what: 'Cannot read the certificates',
      on,
      seen: messageOf(cause),
      next: 'Give the path of a file with PEM certificates that exists on the runner',
      cause,
    })
  })
  return parseCertificates(pem, on).join('\n')
}
