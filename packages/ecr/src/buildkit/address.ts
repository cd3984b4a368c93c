import { Expected } from '@mlops-actions/text'
import { bringsPassword } from '../place-password.ts'

/** Where a BuildKit is, as the driver `remote` of buildx takes it (docker/buildx `driver/remote`). */
export interface BuildkitAddress {
  /** For buildx: without what only we read of it. */
  readonly text: string
  /** `tcp` and `unix` are asked by us before a build; to the others a program leads. */
  readonly kind: 'tcp' | 'unix' | 'ssh' | 'kube-pod'
  /** Of `tcp`. */
  readonly host: string
  readonly port: number
  /** Of `unix`: path of the socket. */
  readonly socket: string
  /** The name that stands in the builder's certificate; undefined where it is the host. */
  readonly serverName: string | undefined
}

const WANT =
  'the address of a BuildKit such as tcp://buildkitd.ci:1234, unix:///run/buildkit/buildkitd.sock, kube-pod://buildkitd-0?namespace=ci or ssh://builder@host'
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]*'
const TCP = new RegExp(`^tcp://(${NAME}|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5})(?:\\?servername=(${NAME}))?$`)
const UNIX = /^unix:\/\/(\/[\w./@+-]+)$/
const OTHERS: readonly (readonly [BuildkitAddress['kind'], RegExp])[] = [
  ['ssh', new RegExp(`^ssh://(?:${NAME}@)?(?:${NAME}|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?(?:/[\\w./-]+)?$`)],
  ['kube-pod', new RegExp(`^kube-pod://${NAME}(?:\\?(?:namespace|container|context)=${NAME}(?:&(?:namespace|container|context)=${NAME})*)?$`)], // biome-ignore format: a pattern
]

/** @throws Expected; no part of it can be taken for an option of ssh or kubectl */
export function parseBuildkitAddress(text: string): BuildkitAddress {
  const none = { text, host: '', port: 0, socket: '', serverName: undefined }
  const [, given = '', digits = '', serverName] = TCP.exec(text) ?? []
  const port = Number(digits)
  if (given !== '' && port > 0 && port <= 65_535) {
    const host = given.replace(/^\[(.*)\]$/, '$1')
    return { ...none, kind: 'tcp', text: `tcp://${given}:${port}`, host, port, serverName }
  }
  const socket = UNIX.exec(text)?.[1]
  if (socket !== undefined) return { ...none, kind: 'unix', socket }
  const other = OTHERS.find(([, pattern]) => pattern.test(text))
  if (other === undefined) throw new Expected(WANT, { holdsSecret: bringsPassword(text) })
  return { ...none, kind: other[0] }
}

/** Whether what goes there stays on this machine: nobody between needs to be kept from reading it. */
export function isOnThisMachine({ kind, host }: BuildkitAddress): boolean {
  return kind === 'unix' || (kind === 'tcp' && /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/.test(host))
}
