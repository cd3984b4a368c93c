import {
  array,
  boolean,
  type Checked,
  optional,
  record,
  string,
  unknownValue,
  withDefault,
} from '@mlops-actions/http'
import { parseDocument } from 'yaml'

const isCluster = record({
  server: string,
  'certificate-authority': optional(string),
  'certificate-authority-data': optional(string),
  'insecure-skip-tls-verify': withDefault(boolean, false),
  'tls-server-name': optional(string),
  'proxy-url': optional(string),
})
export type KubeconfigCluster = Checked<typeof isCluster>

const isUser = record({
  token: optional(string),
  tokenFile: optional(string),
  'client-certificate': optional(string),
  'client-certificate-data': optional(string),
  'client-key': optional(string),
  'client-key-data': optional(string),
  username: optional(string),
  password: optional(string),
  exec: optional(
    record({
      command: withDefault(string, ''),
      args: withDefault(array(string), []),
      env: withDefault(array(record({ value: withDefault(string, '') })), []),
    }),
  ),
  'auth-provider': optional(unknownValue),
})
export type KubeconfigUser = Checked<typeof isUser>

const isContext = record({
  cluster: string,
  user: withDefault(string, ''),
  namespace: optional(string),
})

const isKubeconfig = record({
  'current-context': withDefault(string, ''),
  clusters: withDefault(array(record({ name: string, cluster: isCluster })), []),
  contexts: withDefault(array(record({ name: string, context: isContext })), []),
  users: withDefault(array(record({ name: string, user: withDefault(isUser, {}) })), []),
})

/** A kubeconfig file (k8s.io/client-go tools/clientcmd/api/v1 types.go), without what only kubectl needs. */
export type Kubeconfig = Checked<typeof isKubeconfig>

const MAX_BYTES = 1024 * 1024

/**
 * Reads the YAML (or JSON) of a kubeconfig.
 * @throws Error with the parser's first complaint, or with the path at which the shape is another; it quotes no value
 */
export function parseKubeconfig(text: string): Kubeconfig {
  if (Buffer.byteLength(text) > MAX_BYTES) throw new Error('it is larger than 1 MiB')
  const document = parseDocument(text, { prettyErrors: false })
  const [problem] = document.errors
  if (problem !== undefined)
    throw new Error(`it is not YAML (${problem.code} at character ${problem.pos[0]})`)
  return isKubeconfig(document.toJS({ maxAliasCount: 20 }))
}
