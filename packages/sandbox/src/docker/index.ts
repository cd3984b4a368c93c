import { fileURLToPath } from 'node:url'

export { BUILDX_VERSION } from './main.ts'

/** Directory to put first on a PATH: its `docker` builds and pushes without a daemon. */
export const DOCKER_BIN_DIRECTORY: string = fileURLToPath(new URL('../../bin', import.meta.url))
