import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Authority, createIdentity, type Identity } from '@mlops-actions/sandbox/faults'
import type { Check } from '../../scripts/real/peer.ts'
import type { StepResult } from '../harness/bundle.ts'
import { startBuildkitd } from './buildkit.ts'
import type { CancelWhen, Prepared } from './docker-stack.ts'

/** A buildkitd that takes clients of one authority only. */
export interface Remote {
  readonly address: string
  readonly authority: Authority
  stop(): Promise<void>
}

export type Inputs = Readonly<Record<string, string>>

export interface Bench {
  readonly prepared: Prepared
  readonly remote: Remote
  /** What lets a step in. */
  readonly inputs: Inputs
  readonly client: Identity
  /** A step on a machine that has the program buildx, and neither the docker client nor an engine. */
  readonly step: (inputs: Inputs, cancelWhen?: CancelWhen, env?: Inputs) => Promise<StepResult>
  /** The runner's folder. */
  readonly temp: string
  /** What steps leave in the runner's folder. */
  readonly left: () => readonly string[]
  readonly check: Check
}

export function trusting({ address, authority }: Remote, { cert, key }: Identity): Inputs {
  return {
    buildkit: address,
    'buildkit-ca': authority.certificate,
    'buildkit-cert': cert,
    'buildkit-key': key,
  }
}

export async function startRemote(
  { folder, root }: Prepared,
  name: string,
  authority: Authority,
  options: { readonly hosts?: readonly string[]; readonly notBefore?: Date; readonly notAfter?: Date },
): Promise<Remote> {
  const own = join(folder, `buildkit-${name}`)
  mkdirSync(own, { recursive: true })
  const { cert, key } = createIdentity({ hosts: ['127.0.0.1'], ...options }, authority)
  const files = { ca: authority.certificate, cert, key }
  for (const [file, pem] of Object.entries(files)) writeFileSync(join(own, file), pem, { mode: 0o600 })
  const address = `tcp://127.0.0.1:${await freePort()}`
  const tls = Object.keys(files).map((file) => `--tls${file === 'ca' ? 'cacert' : file}=${join(own, file)}`)
  const { stop } = await startBuildkitd(root, own, [`--addr=${address}`, ...tls])
  return { address, authority, stop }
}

export async function startPlain({ folder, root }: Prepared) {
  const own = join(folder, 'buildkit-plain')
  const address = `tcp://127.0.0.1:${await freePort()}`
  const socket = `unix://${join(own, 'buildkit.sock')}`
  const { stop } = await startBuildkitd(root, own, [`--addr=${address}`, `--addr=${socket}`])
  return { address, socket, stop }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
