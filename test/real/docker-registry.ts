import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { end, until } from './docker-engine.ts'

export interface RealRegistry {
  /** `127.0.0.1:port` */
  readonly host: string
  /** Base64 of `AWS:<password>`, as ECR's tokens are. */
  readonly auth: string
  readonly password: string
  /** The manifest under a tag, or undefined. */
  manifest(repository: string, reference: string): Promise<RealManifest | undefined>
  /** Puts a manifest under a tag, byte for byte; throws where the registry refuses it. */
  putManifest(repository: string, tag: string, manifest: Omit<RealManifest, 'digest'>): Promise<void>
  /** Throws where it is not there. */
  blob(repository: string, digest: string): Promise<Buffer>
  /** Sends it whole; returns its digest. */
  putBlob(repository: string, bytes: Buffer): Promise<string>
  stop(): Promise<void>
}

export interface RealManifest {
  readonly digest: string
  readonly mediaType: string
  readonly bytes: Buffer
}

const TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ')

/** Starts Debian's docker-registry (distribution) with a password, so that it challenges by Basic as ECR does. */
export async function startRealRegistry(root: string, folder: string): Promise<RealRegistry> {
  mkdirSync(folder, { recursive: true })
  // bcrypt looks at no more than 72 bytes.
  const password = randomBytes(24).toString('hex')
  writeFileSync(join(folder, 'htpasswd'), `AWS:${bcrypt(password)}\n`)
  writeFileSync(join(folder, 'config.yml'), configuration(folder))
  const server = spawn(join(root, 'usr/bin/docker-registry'), ['serve', join(folder, 'config.yml')], {
    env: { PATH: process.env['PATH'], OTEL_TRACES_EXPORTER: 'none' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-100_000)
  })
  const listening = (): string | undefined => /listening on (127\.0\.0\.1:\d+)/.exec(said)?.[1]
  await until(() => listening() !== undefined, server).catch((error: unknown) => {
    throw new Error(`docker-registry did not come up: ${error}\n${said}`)
  })
  const host = listening() ?? ''
  const auth = Buffer.from(`AWS:${password}`).toString('base64')
  return {
    host,
    auth,
    password,
    manifest: (repository, reference) => fetchManifest(host, auth, repository, reference),
    putManifest: (repository, tag, manifest) =>
      putManifest(host, auth, `${repository}/manifests/${tag}`, manifest),
    blob: (repository, digest) => fetchBlob(`http://${host}/v2/${repository}/blobs/${digest}`, auth),
    putBlob: (repository, bytes) => putBlob(`http://${host}/v2/${repository}/blobs/uploads/`, auth, bytes),
    stop: () => end(server),
  }
}

function configuration(folder: string): string {
  return `version: 0.1
log: {level: info}
storage:
  filesystem: {rootdirectory: ${join(folder, 'data')}}
http: {addr: '127.0.0.1:0'}
auth:
  htpasswd: {realm: registry, path: ${join(folder, 'htpasswd')}}
`
}

/** By crypt(3), through the perl that every Debian has; the password goes by standard input. */
function bcrypt(password: string): string {
  const salt = `$2b$05$${randomBytes(16).toString('hex').slice(0, 21)}u`
  const program = 'my $p = <STDIN>; print crypt($p, $ENV{SALT})'
  const hash = execFileSync('perl', ['-e', program], {
    input: password,
    env: { SALT: salt },
    encoding: 'utf8',
  })
  if (!hash.startsWith('$2b$')) throw new Error('the crypt(3) of this machine has no bcrypt')
  return hash
}

async function fetchManifest(
  host: string,
  auth: string,
  repository: string,
  reference: string,
): Promise<RealManifest | undefined> {
  const response = await fetch(`http://${host}/v2/${repository}/manifests/${reference}`, {
    headers: { accept: TYPES, authorization: `Basic ${auth}` },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`the registry answers ${response.status}: ${bytes}`)
  const digest = response.headers.get('docker-content-digest') ?? ''
  return { digest, mediaType: response.headers.get('content-type') ?? '', bytes }
}

async function putManifest(
  host: string,
  auth: string,
  path: string,
  { mediaType, bytes }: Omit<RealManifest, 'digest'>,
): Promise<void> {
  const response = await fetch(`http://${host}/v2/${path}`, {
    method: 'PUT',
    headers: { 'content-type': mediaType, authorization: `Basic ${auth}` },
    body: new Uint8Array(bytes),
  })
  if (response.status !== 201)
    throw new Error(`the registry answers ${response.status}: ${await response.text()}`)
}

async function fetchBlob(url: string, auth: string): Promise<Buffer> {
  const response = await fetch(url, { headers: { authorization: `Basic ${auth}` } })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (!response.ok) throw new Error(`the registry answers ${response.status}: ${bytes}`)
  return bytes
}

async function putBlob(url: string, auth: string, bytes: Buffer): Promise<string> {
  const headers = { authorization: `Basic ${auth}`, 'content-type': 'application/octet-stream' }
  const begun = await fetch(url, { method: 'POST', headers })
  const location = new URL(begun.headers.get('location') ?? '', url)
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  location.searchParams.set('digest', digest)
  const sent = await fetch(location, { method: 'PUT', headers, body: new Uint8Array(bytes) })
  if (sent.status !== 201) throw new Error(`the registry answers ${sent.status}: ${await sent.text()}`)
  return digest
}
