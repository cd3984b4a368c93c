export { type ArgocdOptions, type ArgocdServer, startArgocd } from './server.ts'
export { type ArgocdState, createArgocdState, type Dex, type ExternalOidc } from './state.ts'
