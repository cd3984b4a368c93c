import { CommandFailed } from './command.ts'
import { MissingPrerequisite } from './prerequisite.ts'

/** The first buildx that takes credentials from DOCKER_AUTH_CONFIG (docker/cli 28.3 in docker/buildx 0.26.0). */
const OLDEST_MINOR = 26

/** Why the demo cannot use this machine's docker. */
export function refuse(lack: string, cure: string): MissingPrerequisite {
  return new MissingPrerequisite(
    `With --docker the demo needs ${lack}: ${cure}, or leave --docker away and let the stand-in build.`,
  )
}

/** @returns the version, `0.29.1`, of what `docker buildx version` said */
export function assertBuildx(said: string | CommandFailed): string {
  const text = said instanceof CommandFailed ? said.stderr : said
  const [, major, minor, patch] = /buildx v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? []
  if (Number(major) > 0 || Number(minor) >= OLDEST_MINOR) return `${major}.${minor}.${patch}`
  const reason = 'which takes the password of a registry from the environment'
  throw refuse(
    `buildx 0.${OLDEST_MINOR} or newer, ${reason}, and \`docker buildx version\` says "${firstLine(text)}"`,
    'install or update the plugin',
  )
}

/** @returns the engine's version of what `docker version --format '{{json .Server}}'` said */
export function readEngine(said: string | CommandFailed): string {
  if (said instanceof CommandFailed)
    throw refuse(
      `an engine that answers, and docker says "${firstLine(said.stderr)}"`,
      'start the engine, or say by DOCKER_HOST or a context where it is',
    )
  const { Version, Os }: { Version?: string; Os?: string } = JSON.parse(said)
  if (Os !== 'linux')
    throw refuse(`an engine for Linux containers, and this one is for ${Os}`, 'switch it to Linux')
  return (Version ?? '').replace(/[+-].*$/, '')
}

export interface Builder {
  /** `docker` is the engine itself; `docker-container`, `kubernetes` and `remote` are elsewhere. */
  readonly driver: string
  readonly status: string
}

/** Of what `docker buildx inspect` said. */
export function inspectBuilder(said: string | CommandFailed, builder: string): Builder {
  if (said instanceof CommandFailed)
    throw refuse(
      `the builder "${builder}", and buildx says "${firstLine(said.stderr)}"`,
      'correct or unset BUILDX_BUILDER',
    )
  const field = (name: string): string => new RegExp(`^${name}: +(.*)$`, 'm').exec(said)?.[1] ?? ''
  return { driver: field('Driver'), status: field('Status') }
}

/** A builder that does not run would fetch its own image from the internet first. */
export function assertRunning(builder: string, driver: string, status: string): void {
  if (status === 'running') return
  throw refuse(
    `a builder that runs, and "${builder}" (${driver || 'of no known driver'}) is ${status || 'not there'}`,
    `start it with \`docker buildx inspect --bootstrap ${builder}\`, or unset BUILDX_BUILDER`,
  )
}

/** What a push to a registry on loopback ended with. */
export interface FailedPush {
  /** Builder and driver, as they are shown. */
  readonly builder: string
  /** Standard error of buildx. */
  readonly stderr: string
  /** Whether any request came to the registry. */
  readonly arrived: boolean
}

const NO_WAY = /(?:dial tcp|proxyconnect) .*/

export function refusePush({ builder, stderr, arrived }: FailedPush): MissingPrerequisite {
  const said = lastLine(stderr)
  const [obstacle] = NO_WAY.exec(said) ?? []
  if (!arrived && obstacle !== undefined)
    return refuse(
      `a builder that reaches 127.0.0.1 of this machine, where its registry is, and ${builder} does not (${obstacle})`,
      'use an engine of this very machine, not one in a virtual machine, in a container or elsewhere',
    )
  return refuse(
    `a builder that pushes to a registry on 127.0.0.1, and ${builder} says "${said}"`,
    'let it build and push an image of one file',
  )
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').trim().replace(/^ERROR: /, '')
}

function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').trim().replace(/^ERROR: /, '')
}
