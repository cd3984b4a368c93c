export {
  DEMO_TIMINGS,
  type KServeOptions,
  type ModelStorage,
  type PullImage,
  type Timings,
} from './options.ts'
export { type KServeServer, startKServe } from './server.ts'
export { type Download as ModelDownload, planDownloads } from './storage-initializer.ts'
