import { invalidFile, unsupported } from '../invalid.ts'
import { type DvcConfig, resolvePath, textOf } from './config.ts'
import { endpointOf, urlOf } from './remote-address.ts'
import { isFalse, isTrue, type Options, text } from './remote-options.ts'
import { parseReference, parseS3Url } from './s3-url.ts'
import { type CustomerKey, customerKeyOf, type WriteOptions, writeOptionsOf } from './write-options.ts'

/** An S3 remote as a push needs it. */
export interface Remote {
  readonly name: string
  readonly bucket: string
  /** What every key begins with: '' is the root of the bucket, anything else ends with a slash. */
  readonly prefix: string
  readonly endpoint: string | undefined
  readonly region: string | undefined
  /** Keys that stand in the configuration. */
  readonly keys:
    | { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string }
    | undefined
  /** Path of a file with PEM certificates (`ssl_verify`). */
  readonly caFile: string | undefined
  /** Added to PutObject, CopyObject and CreateMultipartUpload: encryption and access. */
  readonly write: WriteOptions
  /** SSE-C; with plain http S3 refuses it. */
  readonly customerKey: CustomerKey | undefined
  /** Whether requests go unsigned (`allow_anonymous_login`): good for reading what is public. */
  readonly anonymous: boolean
  readonly jobs: number | undefined
  /** Sentences about options that are there and not followed. */
  readonly warnings: readonly string[]
}

/** Options of an S3 remote in DVC 3 (dvc/config_schema.py and dvc_s3). Anything else there is an error, as in DVC. */
const KNOWN = new Set(
  `url endpointurl region profile access_key_id secret_access_key session_token credentialpath configpath
   allow_anonymous_login use_ssl ssl_verify sse sse_kms_key_id sse_customer_key sse_customer_algorithm acl
   grant_read grant_read_acp grant_write_acp grant_full_control read_timeout connect_timeout jobs checksum_jobs
   verify version_aware worktree listobjects no_traverse cache_regions`.split(/\s+/),
)

const IGNORED: Readonly<Record<string, string>> = {
  profile: 'credentials come from `role-to-assume` or from the environment of the job',
  credentialpath: 'credentials come from `role-to-assume` or from the environment of the job',
  configpath: 'credentials come from `role-to-assume` or from the environment of the job',
  read_timeout: 'the input `request-timeout` says how long a request may take',
  connect_timeout: 'the input `request-timeout` says how long a request may take',
}

/**
 * The remote of that name, `remote://` URLs followed.
 * @throws Failure `config` for what is unknown, no S3, or a way of storing that is not supported
 */
export function resolveRemote(config: DvcConfig, wanted: string): Remote {
  const name = wanted.toLowerCase()
  const options = optionsOf(config, name, [])
  const on = `remote "${name}"`
  for (const [option, { file }] of options) {
    if (KNOWN.has(option)) continue
    throw invalidFile(
      file,
      `the remote "${name}" has the option "${option}", which an S3 remote does not have`,
      'Correct its name or remove it',
      'DVC_CONFIG',
    )
  }
  refuseUnsupported(on, options)
  const { bucket, prefix } = parseS3Url(on, urlOf(name, options))
  const endpoint = endpointOf(on, options)
  refuseOpenTransport(on, options, endpoint)
  return {
    name,
    bucket,
    prefix,
    endpoint,
    region: text(options, 'region') || undefined,
    keys: keysOf(on, options),
    caFile: caFileOf(options),
    write: writeOptionsOf(on, options),
    customerKey: customerKeyOf(on, options),
    anonymous: isTrue(on, options, 'allow_anonymous_login'),
    jobs: jobsOf(on, options),
    warnings: Object.entries(IGNORED)
      .filter(([option]) => options.has(option))
      .map(([option, instead]) => `${on} sets \`${option}\`, which is not used here: ${instead}`),
  }
}

function optionsOf(config: DvcConfig, name: string, through: readonly string[]): Options {
  const options = config.remotes.get(name)
  if (options === undefined || through.includes(name)) {
    throw invalidFile(
      '.dvc/config',
      options === undefined
        ? `there is no remote "${name}"; there ${config.remotes.size === 0 ? 'are none' : `is ${[...config.remotes.keys()].map((known) => `"${known}"`).join(', ')}`}`
        : `the remote "${name}" refers to itself`,
      `Add it with \`dvc remote add ${name} s3://bucket/prefix\`, or name another one`,
      'DVC_REMOTE',
    )
  }
  const url = options.get('url')
  if (url === undefined) return options
  const reference = parseReference(`remote "${name}"`, textOf('url', url))
  if (reference === undefined) return options
  const inherited = optionsOf(config, reference.name, [...through, name])
  const joined = `${urlOf(reference.name, inherited)}/${reference.path}`
  return new Map([...inherited, ...options, ['url', { ...url, value: joined }]])
}

function refuseUnsupported(on: string, options: Options): void {
  for (const option of ['version_aware', 'worktree']) {
    if (isTrue(on, options, option))
      throw unsupported(on, `it sets \`${option} = true\``, 'Use a remote without it, or DVC itself')
  }
}

/** There is no switch that turns the verification of TLS off, and no plain http to AWS. */
function refuseOpenTransport(on: string, options: Options, endpoint: string | undefined): void {
  if (isFalse(on, options, 'use_ssl') && !endpoint?.startsWith('http://'))
    throw unsupported(
      on,
      'it sets `use_ssl = false`',
      'Remove it, or give a local server as `endpointurl = http://…`',
    )
  const verify = text(options, 'ssl_verify')
  if (verify?.toLowerCase() === 'false')
    throw unsupported(
      on,
      'it sets `ssl_verify = false`',
      'Remove it and give the CA of the server as `ca-cert`',
    )
}

function caFileOf(options: Options): string | undefined {
  const option = options.get('ssl_verify')
  const value = text(options, 'ssl_verify')
  if (option === undefined || value === undefined || /^(true|false|)$/i.test(value)) return undefined
  return resolvePath(value, option)
}

function keysOf(on: string, options: Options): Remote['keys'] {
  const accessKeyId = text(options, 'access_key_id')
  const secretAccessKey = text(options, 'secret_access_key')
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw unsupported(
      on,
      'it has one of access_key_id and secret_access_key',
      'Set both, or none and use `role-to-assume`',
    )
  const empty = ['access_key_id', 'secret_access_key'].find((option) => text(options, option) === '')
  if (empty !== undefined)
    throw invalidFile(
      on,
      `${empty} is empty`,
      'Set both keys (a secret that does not exist is empty in a workflow), or none and use `role-to-assume`',
      'DVC_CONFIG',
    )
  const sessionToken = text(options, 'session_token')
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

function jobsOf(on: string, options: Options): number | undefined {
  const jobs = text(options, 'jobs')
  if (jobs === undefined) return undefined
  if (/^[1-9]\d{0,3}$/.test(jobs)) return Number(jobs)
  throw invalidFile(on, `jobs is "${jobs}"`, 'Give a whole number of at least 1', 'DVC_CONFIG')
}
