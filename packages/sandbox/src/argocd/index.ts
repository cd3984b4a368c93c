export { ARGOCD_TIMINGS, type ArgocdTimings } from './context.ts'
export { type ArgocdOptions, type ArgocdServer, startArgocd } from './server.ts'
export {
  type Action as ArgocdAction,
  type ArgocdState,
  createArgocdState,
  type HookOutcome,
  type ManagedResource,
  type PolicyRule,
  type Session as ArgocdSession,
  type SyncWindow,
} from './state.ts'
