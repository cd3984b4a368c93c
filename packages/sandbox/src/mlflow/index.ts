import { type FaultPlan, type RecordedRequest, serve } from '../server.ts'
import { createMlflowHandler, type MlflowAccess } from './handler.ts'
import { createMlflowState, type MlflowState } from './state.ts'

export { createMlflowState } from './state.ts'

export interface MlflowOptions {
  readonly state?: MlflowState
  /** Basic credentials; with none (and no tokens) everybody is let in. */
  readonly users?: MlflowAccess['users']
  readonly tokens?: readonly string[]
  /** What `/version` answers; default 3.17.2, the release whose answers were recorded. */
  readonly version?: string
  readonly port?: number
  /** Milliseconds since the epoch; default the real time. */
  readonly now?: () => number
}

export interface MlflowServer {
  /** The tracking URI, without a trailing slash. */
  readonly url: string
  readonly state: MlflowState
  readonly requests: readonly RecordedRequest[]
  readonly faults: FaultPlan
  close(): Promise<void>
}

/** A tracking server and model registry with a SQL store, see docs/mlflow.md. */
export async function startMlflow(options: MlflowOptions = {}): Promise<MlflowServer> {
  const now = options.now ?? Date.now
  const state = options.state ?? createMlflowState({ now: now() })
  const access: MlflowAccess = {
    users: options.users ?? [],
    tokens: options.tokens ?? [],
    version: options.version ?? '3.17.2',
  }
  const server = await serve(createMlflowHandler(state, access, { now }), { port: options.port ?? 0 })
  return { ...server, state }
}
