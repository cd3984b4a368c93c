export type * from './container.ts'
export { ImagePullError, type PullFailureCode, pullImage } from './pull.ts'
export { startContainer } from './start.ts'
