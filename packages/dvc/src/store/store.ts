export {
  call,
  createStore,
  keyOf,
  type Store,
  type StoredObject,
  type StoreOptions,
} from './connection.ts'
export { getObject, type OpenObject, openObject, type ReadOptions, type ReadRange } from './get.ts'
export { type HeadObject, headObject } from './head.ts'
export { putObject } from './put.ts'
