import { Failure, type World } from '@mlops-actions/diagnostics'
import type { CommandResult } from '@mlops-actions/process'
import { askDocker, type Explained, firstLine } from './docker.ts'

/** The first buildx that takes credentials from DOCKER_AUTH_CONFIG (docker/cli 28.3 in docker/buildx 0.26.0). */
const OLDEST: readonly [number, number] = [0, 26]

/** Major and minor of `github.com/docker/buildx v0.29.1 <commit>`; Debian writes it without the `v`. */
export function parseBuildxVersion(text: string): readonly [number, number] | undefined {
  const [, major, minor] = /buildx v?(\d+)\.(\d+)\./.exec(text) ?? []
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)]
}

/**
 * Makes sure that there is a docker with a buildx that can do our work, and returns its version as it says it.
 * A build of a developer, which has no version, is given the benefit of the doubt.
 * @throws Failure `config`
 */
export async function assertBuildx(world: World, env: Readonly<Record<string, string>>): Promise<string> {
  const asked = { what: 'Cannot build the image', args: ['buildx', 'version'], explain: explainMissing }
  const { stdout } = await askDocker(world, { env }, asked)
  const version = stdout.trim()
  const [major, minor] = parseBuildxVersion(version) ?? OLDEST
  if (major === 0 && minor === 0) return version
  if (major > OLDEST[0] || minor >= OLDEST[1]) return version
  throw tooOld(version)
}

function explainMissing({ stderr }: CommandResult): Explained {
  return {
    kind: 'config',
    code: 'BUILDX_MISSING',
    seen: `\`docker buildx version\` failed: ${firstLine(stderr)}`,
    next: 'Install the buildx plugin 0.26 or newer, or run docker/setup-buildx-action before this step',
  }
}

function tooOld(version: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'BUILDX_TOO_OLD',
    what: 'Cannot build the image',
    on: 'docker buildx',
    seen: `it is ${version}; only 0.26 and newer take the token of the registry from the environment, and this action writes no token to a disk`,
    next: 'Run docker/setup-buildx-action before this step, or update buildx on the runner',
  })
}
