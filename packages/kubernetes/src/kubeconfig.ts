import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import type { Connection } from './connection.ts'
import {
  type Kubeconfig,
  type KubeconfigCluster,
  type KubeconfigUser,
  parseKubeconfig,
} from './kubeconfig.wire.ts'

/**
 * The connection that a kubeconfig's context describes. Certificates and tokens may stand in it or in files,
 * whose paths are relative to it. What would start a program or switch off a check is refused by name.
 * @param given the YAML itself, or the path of a file with it
 * @throws Failure `config`
 */
export async function readKubeconfig(
  world: World,
  given: string,
  context: string | undefined,
): Promise<Connection> {
  const isText = /[\n{]/.test(given)
  const file = isText ? undefined : resolve(given)
  const text = file === undefined ? given : await readText(file, given)
  const folder = file === undefined ? undefined : dirname(file)
  const config = parse(text, file === undefined ? 'the input `kubeconfig`' : given)
  maskSecrets(world, config)
  return connectionOf(world, config, context, (path) => readReferenced(folder, path))
}

function parse(text: string, on: string): Kubeconfig {
  try {
    return parseKubeconfig(text)
  } catch (cause) {
    throw refuse(on, messageOf(cause), 'Give a kubeconfig file, or its YAML', cause)
  }
}

/** Of every user, not only the context's: the whole file was handed over, and any of it can come back in a message. */
function maskSecrets(world: World, { users }: Kubeconfig): void {
  for (const { user } of users) {
    const { token, password, 'client-key-data': key } = user
    const inExec = user.exec?.env.map(({ value }) => value) ?? []
    const pem = key === undefined ? undefined : Buffer.from(key, 'base64').toString('utf8')
    for (const secret of [token, password, key, pem, ...inExec]) if (secret !== undefined) world.mask(secret)
  }
}

type ReadFile = (path: string) => Promise<string>

async function connectionOf(
  world: World,
  config: Kubeconfig,
  asked: string | undefined,
  read: ReadFile,
): Promise<Connection> {
  const name = asked ?? config['current-context']
  const context = config.contexts.find((one) => one.name === name)?.context
  const cluster = config.clusters.find((one) => one.name === context?.cluster)?.cluster
  const user = config.users.find((one) => one.name === context?.user)?.user ?? {}
  if (context === undefined || cluster === undefined) throw noContext(config, name)
  refuseCluster(cluster, name)
  refuseUser(user, name)
  const caCert = await pemOf(cluster, 'certificate-authority', read)
  const token = tokenOf(world, user, read)
  const clientCertificate = await clientCertificateOf(world, user, read)
  return {
    server: cluster.server.replace(/\/+$/, ''),
    ...(token === undefined ? {} : { token }),
    ...(caCert === undefined ? {} : { caCert }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(cluster['tls-server-name'] === undefined ? {} : { serverName: cluster['tls-server-name'] }),
    ...(context.namespace === undefined ? {} : { namespace: context.namespace }),
  }
}

function noContext(config: Kubeconfig, name: string): Failure {
  const names = config.contexts.map((one) => one.name).join(', ')
  const seen =
    name === ''
      ? 'it has no current-context'
      : `its context "${name}" is missing, or its cluster is; there are: ${names || 'none'}`
  return refuse('the kubeconfig', seen, 'Name an existing context with `kubernetes-context`')
}

function refuseCluster(cluster: KubeconfigCluster, name: string): void {
  if (cluster['insecure-skip-tls-verify']) {
    throw refuse(
      `context "${name}"`,
      'it sets insecure-skip-tls-verify',
      'Put the CA of the API server into certificate-authority-data: the connection is never left unverified',
    )
  }
  if (cluster['proxy-url'] !== undefined) {
    throw refuse(`context "${name}"`, 'it sets proxy-url', 'Set HTTPS_PROXY for the step instead')
  }
}

function isSubcommand(argument: string): boolean {
  return /^[a-z][a-z-]*$/.test(argument)
}

function refuseUser({ exec, 'auth-provider': provider, username }: KubeconfigUser, name: string): void {
  if (exec !== undefined) {
    // `aws eks get-token` says which program it is; what follows the first option may be a secret.
    const named = exec.args.slice(0, 2).filter((_, at) => exec.args.slice(0, at + 1).every(isSubcommand))
    const program = [exec.command, ...named].join(' ').trim()
    throw refuse(
      `context "${name}"`,
      `its user gets a token from the program \`${program}\`, which is not started here`,
      'Give `kubernetes-server`, `kubernetes-token` and `ca-cert` instead, with a token of a ServiceAccount ' +
        '(`kubectl create token`) or of a step before this one (`aws eks get-token`)',
    )
  }
  if (provider !== undefined) {
    const next = 'Give a token or a client certificate; auth-provider was removed from Kubernetes in 1.26'
    throw refuse(`context "${name}"`, 'its user has an auth-provider', next)
  }
  if (username !== undefined) {
    const next = 'Give a token or a client certificate; basic authentication was removed in 1.19'
    throw refuse(`context "${name}"`, 'its user has a username and password', next)
  }
}

function tokenOf(world: World, user: KubeconfigUser, read: ReadFile): Connection['token'] {
  const { token, tokenFile } = user
  if (tokenFile !== undefined) {
    // The file is rotated while we run, so it is read for each request (client-go transport/token_source.go).
    return async () => {
      const fresh = (await read(tokenFile)).trim()
      world.mask(fresh)
      return fresh
    }
  }
  return token
}

async function clientCertificateOf(
  world: World,
  user: KubeconfigUser,
  read: ReadFile,
): Promise<Connection['clientCertificate']> {
  const certificate = await pemOf(user, 'client-certificate', read)
  const key = await pemOf(user, 'client-key', read)
  if (key !== undefined) world.mask(key)
  return certificate === undefined || key === undefined ? undefined : { certificate, key }
}

/** `<field>-data` holds base64 and wins over `<field>`, which names a file. */
async function pemOf<Field extends string>(
  source: { readonly [K in Field | `${Field}-data`]?: string },
  field: Field,
  read: ReadFile,
): Promise<string | undefined> {
  const data = source[`${field}-data`]
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8')
  const path = source[field]
  return path === undefined ? undefined : read(path)
}

async function readReferenced(folder: string | undefined, path: string): Promise<string> {
  return readText(folder === undefined ? resolve(path) : resolve(folder, path), path)
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw refuse(shown, messageOf(cause), 'Check the path; it is relative to the checkout', cause)
  }
}

function refuse(on: string, seen: string, next: string, cause?: unknown): Failure {
  return new Failure({
    kind: 'config',
    code: 'KUBECONFIG',
    what: 'Cannot use the kubeconfig',
    on,
    seen,
    next,
    cause,
  })
}
