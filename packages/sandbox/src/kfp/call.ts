import type { SandboxRequest, SandboxResponse } from '../server.ts'
import type { KfpCluster } from './cluster.ts'

/** One REST call in its surroundings; errors are thrown as KfpError. */
export interface KfpCall {
  readonly request: SandboxRequest
  readonly cluster: KfpCluster
  readonly settings: KfpSettings
  /** Named parts of the path. */
  readonly path: Readonly<Record<string, string>>
}

export interface KfpSettings {
  /** `2.16`: ML Metadata. `next`: native tasks and artifacts by `view=FULL`, no ML Metadata. */
  readonly generation: '2.16' | 'next'
  readonly tag: string
  readonly multiUser: boolean
}

export type KfpHandler = (call: KfpCall) => SandboxResponse | Promise<SandboxResponse>
