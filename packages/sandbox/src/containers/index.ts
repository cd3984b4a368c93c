export type * from './container.ts'
export { ImagePullError, pullImage } from './pull.ts'
export { startContainer } from './start.ts'
