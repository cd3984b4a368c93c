export type { Cluster } from './cluster.ts'
export { type CoreOptions, createCore } from './core.ts'
