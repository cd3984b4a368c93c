import { Failure, type World } from '@mlops-actions/diagnostics'
import { type CommandResult, isOnPath } from '@mlops-actions/process'
import { askDocker, type Explained, firstLine, type Program } from './docker.ts'

/** The program that is buildx on this machine: the plugin of the docker client, or buildx by itself. */
export interface Buildx extends Program {
  /** As it says it. */
  readonly version: string
}

/** The first buildx that takes credentials from DOCKER_AUTH_CONFIG (docker/cli 28.3 in docker/buildx 0.26.0). */
const OLDEST: readonly [number, number] = [0, 26]

const WHAT = 'Cannot build the image'

const WITH_DOCKER: Program = { file: 'docker', first: ['buildx'] }

/** buildx runs without the docker client as well (docker/buildx README, "Manual download"), by either name. */
const ALONE: readonly Program[] = ['buildx', 'docker-buildx'].map((file) => ({ file, first: [] }))

/** Major and minor of `github.com/docker/buildx v0.29.1 <commit>`; Debian writes it without the `v`. */
export function parseBuildxVersion(text: string): readonly [number, number] | undefined {
  const [, major, minor] = /buildx v?(\d+)\.(\d+)\./.exec(text) ?? []
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)]
}

/**
 * Finds a buildx that can do our work: with the docker client where there is one, as everywhere else on the machine.
 * A build of a developer, which has no version, is given the benefit of the doubt.
 * @throws Failure `config` that says what to install
 */
export async function findBuildx(world: World, env: Readonly<Record<string, string>>): Promise<Buildx> {
  const withDocker = await ask(world, env, WITH_DOCKER)
  if (!(withDocker instanceof Failure)) return assertNewEnough(withDocker)
  for (const program of ALONE) {
    const alone = await ask(world, env, program)
    if (!(alone instanceof Failure)) return assertNewEnough(alone)
  }
  throw withDocker.code === 'PROGRAM_NOT_FOUND' ? nothingFound(withDocker) : withDocker
}

/**
 * What {@link findBuildx} comes to unless it throws, known by the PATH alone: no program is started. Undefined where there is
 * none, or more than one.
 */
export function likelyBuildx(env: Readonly<Record<string, string>>): Program | undefined {
  const [only, ...others] = [WITH_DOCKER, ...ALONE].filter(({ file }) => isOnPath(file, env))
  return others.length === 0 ? only : undefined
}

/** A program that is not there, or is no buildx, is an answer. */
async function ask(
  world: World,
  env: Readonly<Record<string, string>>,
  program: Program,
): Promise<Buildx | Failure> {
  const asked = { what: WHAT, on: nameOf(program), args: ['version'], explain: explainMissing }
  try {
    const { stdout } = await askDocker(world, { program, env }, asked)
    return { ...program, version: stdout.trim() }
  } catch (thrown) {
    const isAnswer = thrown instanceof Failure && MISSING.has(thrown.code)
    if (isAnswer) return thrown
    throw thrown
  }
}

const MISSING = new Set(['PROGRAM_NOT_FOUND', 'BUILDX_MISSING'])

function assertNewEnough(buildx: Buildx): Buildx {
  const [major, minor] = parseBuildxVersion(buildx.version) ?? OLDEST
  if (major === 0 && minor === 0) return buildx
  if (major > OLDEST[0] || minor >= OLDEST[1]) return buildx
  throw tooOld(buildx)
}

function explainMissing({ stderr }: CommandResult): Explained {
  return {
    kind: 'config',
    code: 'BUILDX_MISSING',
    seen: `\`docker buildx version\` failed: ${firstLine(stderr)}`,
    next: 'Install the buildx plugin 0.26 or newer, or run docker/setup-buildx-action before this step',
  }
}

function nothingFound(cause: Failure): Failure {
  return new Failure({
    kind: 'config',
    code: 'BUILDX_MISSING',
    what: WHAT,
    on: 'docker buildx',
    seen: 'neither docker nor buildx is on the PATH',
    next: 'Install Docker with buildx 0.26 or newer; where a BuildKit elsewhere builds (`buildkit`), the program buildx alone is enough: put it on the PATH under that name (github.com/docker/buildx/releases)',
    cause,
  })
}

function tooOld({ version, ...program }: Buildx): Failure {
  return new Failure({
    kind: 'config',
    code: 'BUILDX_TOO_OLD',
    what: WHAT,
    on: nameOf(program),
    seen: `it is ${version}; only 0.26 and newer take the token of the registry from the environment, and this action writes no token to a disk`,
    next: 'Run docker/setup-buildx-action before this step, or update buildx on the runner',
  })
}

function nameOf({ file, first }: Program): string {
  return [file, ...first].join(' ')
}
