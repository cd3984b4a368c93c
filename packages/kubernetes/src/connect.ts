import { readFile } from 'node:fs/promises'
import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import type { Connection, ConnectionInputs } from './connection.ts'
import { readKubeconfig } from './kubeconfig.ts'

/** Where every pod finds its own identity (kubernetes.io "Accessing the Kubernetes API from a Pod"). */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/**
 * How the cluster is reached: explicit server and token, a kubeconfig, or the service account of the pod that the
 * runner lives in; `undefined` where there is none of the three.
 * @throws Failure `config`
 */
export async function resolveConnection(
  world: World,
  inputs: ConnectionInputs,
  serviceAccount: string = SERVICE_ACCOUNT,
): Promise<Connection | undefined> {
  const { kubeconfig, server, token } = inputs
  const caCert = await readPem(inputs.caCert)
  if (server !== undefined) {
    if (token === undefined) throw missingToken(server)
    if (typeof token === 'string') world.mask(token)
    return { server: server.replace(/\/+$/, ''), token, ...(caCert === undefined ? {} : { caCert }) }
  }
  if (kubeconfig !== undefined) {
    const found = await readKubeconfig(world, kubeconfig, inputs.context)
    return caCert === undefined ? found : { ...found, caCert: joinPem(found.caCert, caCert) }
  }
  return inClusterConnection(world, serviceAccount)
}

/** PEM text as it is, or the content of the file that it names. @throws Failure `config` */
export async function readPem(given: string | undefined): Promise<string | undefined> {
  if (given === undefined || given.includes('-----BEGIN')) return given
  try {
    return await readFile(given, 'utf8')
  } catch (cause) {
    throw new Failure({
      kind: 'config',
      code: 'CA_CERT',
      what: 'Cannot read the CA certificate',
      on: 'the input `ca-cert`',
      seen: messageOf(cause),
      next: 'Give PEM text, or the path of a PEM file in the checkout',
      cause,
    })
  }
}

async function inClusterConnection(world: World, folder: string): Promise<Connection | undefined> {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' } = world.env
  if (host === '') return undefined
  const caCert = await readFile(`${folder}/ca.crt`, 'utf8').catch(() => undefined)
  const namespace = await readFile(`${folder}/namespace`, 'utf8').catch(() => undefined)
  if (caCert === undefined) return undefined
  const readToken = async () => {
    // Bound tokens are rotated by the kubelet, so each request reads the file.
    const token = (await readFile(`${folder}/token`, 'utf8')).trim()
    world.mask(token)
    return token
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    token: readToken,
    caCert,
    ...(namespace === undefined ? {} : { namespace: namespace.trim() }),
  }
}

function joinPem(one: string | undefined, other: string): string {
  return one === undefined ? other : `${one.trimEnd()}\n${other}`
}

function missingToken(server: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'KUBERNETES_TOKEN',
    what: 'Cannot connect to the cluster',
    on: server,
    seen: '`kubernetes-server` is given without `kubernetes-token`',
    next: 'Give the token of a ServiceAccount that may read the namespace',
  })
}
