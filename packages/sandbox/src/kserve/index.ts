export type { KServeOptions, ModelStorage, PullImage } from './options.ts'
export { type KServeServer, startKServe } from './server.ts'
export { planDownloads } from './storage-initializer.ts'
