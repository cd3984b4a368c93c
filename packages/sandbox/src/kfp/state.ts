import type { PipelineIr } from './ir.wire.ts'
import type { JsonObject } from './json.wire.ts'
import type { Workflow } from './workflow.ts'

export interface KfpExperiment {
  readonly id: string
  readonly name: string
  readonly description: string
  /** Empty in single-user mode. */
  readonly namespace: string
  readonly createdAt: number
  archived: boolean
}

export interface KfpPipeline {
  readonly id: string
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly namespace: string
  readonly createdAt: number
}

export interface KfpPipelineVersion {
  readonly id: string
  readonly pipelineId: string
  readonly name: string
  readonly displayName: string
  readonly description: string
  readonly createdAt: number
  readonly ir: PipelineIr
}

export type RuntimeState = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELING'

export interface KfpRun {
  readonly id: string
  readonly displayName: string
  readonly description: string
  readonly experimentId: string
  readonly namespace: string
  /** Undefined for a run that brought its own spec. */
  readonly version: { readonly pipelineId: string; readonly versionId: string } | undefined
  readonly ir: PipelineIr
  readonly parameters: JsonObject
  /** Empty: the server's default. */
  readonly pipelineRoot: string
  readonly serviceAccount: string
  readonly createdAt: number
  finishedAt: number | undefined
  state: RuntimeState
  readonly history: { readonly at: number; readonly state: RuntimeState }[]
  archived: boolean
  /** The workflow that reported last; undefined until one did. */
  reported: Workflow | undefined
}

/** Everything the server knows; a test may read and change all of it between requests. */
export interface KfpState {
  readonly experiments: Map<string, KfpExperiment>
  readonly pipelines: Map<string, KfpPipeline>
  readonly versions: Map<string, KfpPipelineVersion>
  readonly runs: Map<string, KfpRun>
  /** Every workflow ever started, those of a run id that was posted twice included. */
  readonly workflows: Workflow[]
  /** Last id given to an execution, artifact or context of ML Metadata. */
  sequence: number
}

export function createKfpState(): KfpState {
  return {
    experiments: new Map(),
    pipelines: new Map(),
    versions: new Map(),
    runs: new Map(),
    workflows: [],
    sequence: 0,
  }
}

export function nextId(state: KfpState): number {
  state.sequence += 1
  return state.sequence
}
