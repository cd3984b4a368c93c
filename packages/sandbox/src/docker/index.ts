import { fileURLToPath } from 'node:url'

/** Directory to put on a PATH instead: its `buildx` is there without a `docker`. */
export const BUILDX_BIN_DIRECTORY: string = fileURLToPath(new URL('../../bin/alone', import.meta.url))

/** Directory to put first on a PATH: its `docker` builds and pushes without a daemon. */
export const DOCKER_BIN_DIRECTORY: string = fileURLToPath(new URL('../../bin', import.meta.url))
