export { type ArgocdOptions, type ArgocdServer, startArgocd } from './server.ts'
export { type ArgocdState, createArgocdState } from './state.ts'
