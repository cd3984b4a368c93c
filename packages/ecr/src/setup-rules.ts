import type { Explanation, Rule } from './build-rule.ts'

const config = (code: string, next: string, on?: string): Explanation => ({
  kind: 'config',
  code,
  next,
  ...(on === undefined ? {} : { on }),
})

const DRIVER_LIMITS: Readonly<Record<string, string>> = {
  'Multi-platform build': '`platforms`',
  'Cache export': '`cache-to`',
  Attestation: '`provenance` or `sbom`',
  'OCI exporter': '`outputs`',
  'Docker exporter': '`outputs`',
}

/** What stands in the way before anything is built. */
export const SETUP_RULES: readonly Rule[] = [
  [
    /(Cannot connect to the Docker daemon|failed to connect to the docker API|error during connect)/,
    () => config('DOCKER_DAEMON', 'Start the Docker daemon, or take a runner image that has one running'),
  ],
  [
    /no builder "?([^"]+)"? found/,
    ([, name]) =>
      config(
        'NO_BUILDER',
        `Create the builder ${name} before, as docker/setup-buildx-action does`,
        'the input `builder`',
      ),
  ],
  [
    /(Multi-platform build|Cache export|Attestation|OCI exporter|Docker exporter) is not supported for the docker driver/,
    ([, limit = '']) =>
      config(
        'DOCKER_DRIVER',
        'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the daemon, or leave the input away',
        `the input ${DRIVER_LIMITS[limit]}`,
      ),
  ],
  [
    /push-by-digest is currently not implemented for docker driver/,
    () =>
      config(
        'DOCKER_DRIVER',
        'Run docker/setup-buildx-action before this step: the builder of the Docker engine itself pushes nothing without a tag',
        'the input `push-by-digest`',
      ),
  ],
  [
    /unknown flag: (--\S+)/,
    ([, flag]) =>
      config('BUILDX_FLAG', `Update buildx on the runner: it does not know ${flag}`, 'docker buildx'),
  ],
  [
    /target stage "?([^"]+)"? could not be found/,
    () => config('NO_TARGET', 'Give the name of a stage (`FROM … AS name`)', 'the input `target`'),
  ],
  [
    /failed to read dockerfile: open (\S+): no such file/,
    () =>
      config(
        'NO_DOCKERFILE',
        'Give the path of the Dockerfile from the root of the repository',
        'the input `file`',
      ),
  ],
  [
    /unable to prepare context/,
    () =>
      config(
        'NO_CONTEXT',
        'Give a folder of the repository; was it checked out before this step?',
        'the input `context`',
      ),
  ],
  [
    /no space left on device/,
    () => config('DISK_FULL', 'Free space on the runner, or take a larger one', 'the disk of the runner'),
  ],
]
