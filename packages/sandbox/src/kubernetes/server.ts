import { type SandboxServer, type ServeOptions, serve } from '../server.ts'
import { type Clock, realClock } from './clock.ts'
import { createKubernetesHandler } from './handler.ts'
import { createKubernetesState, type KubernetesState } from './state.ts'

export interface KubernetesOptions extends ServeOptions {
  /** Default: real time. */
  readonly clock?: Clock
  /** State to serve; default a new, empty cluster. */
  readonly state?: KubernetesState
  /** Milliseconds between bookmarks of a watch that asked for them; default one minute. */
  readonly bookmarkEvery?: number
}

export interface KubernetesServer extends SandboxServer {
  readonly state: KubernetesState
}

/** Starts an API server over an object store; controllers (KServe, Argo CD) act on the same store. */
export async function startKubernetes(options: KubernetesOptions = {}): Promise<KubernetesServer> {
  const clock = options.clock ?? realClock
  const state = options.state ?? createKubernetesState({ now: () => clock.now() })
  const timing = { clock, bookmarkEvery: options.bookmarkEvery ?? 60_000 }
  return { ...(await serve(createKubernetesHandler(state, timing), options)), state }
}
