export type { Cluster } from './cluster.ts'
export { createCore } from './core.ts'
export type { CoreOptions } from './reader.ts'
