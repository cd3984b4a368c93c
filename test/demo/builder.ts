import { DOCKER_BIN_DIRECTORY } from '@mlops-actions/sandbox/docker'

/** What turns a Dockerfile into an image in the sandbox's registry: the `docker` of everything that the demo starts. */
export interface ImageBuilder {
  /** In words, for people. */
  readonly name: string
  /** A real engine, or the sandbox's stand-in. */
  readonly isReal: boolean
  /** Directory with its `docker` and nothing else, for the front of a PATH. */
  readonly bin: string
  /** Variables by which its `docker` finds engine and builder. */
  readonly env: Readonly<Record<string, string>>
  /** Takes what was built for a registry (`127.0.0.1:port`) out of the engine's own store. */
  forget(registry: string): Promise<void>
  close(): Promise<void>
}

/** Builds without an engine, and keeps nothing. */
export const standInBuilder: ImageBuilder = {
  name: "the sandbox's stand-in for docker",
  isReal: false,
  bin: DOCKER_BIN_DIRECTORY,
  env: {},
  forget: async () => {},
  close: async () => {},
}
