import { Expected } from '@mlops-actions/text'

/** What the engine says of a container (moby api/types/container, `State`). */
export interface ContainerState {
  /** `created`, `running`, `exited`, `dead`, … */
  readonly status: string
  readonly exitCode: number
  /** Whether the kernel ended it for want of memory. */
  readonly outOfMemory: boolean
  /** Why it could not be started. */
  readonly error: string
}

const WANT = 'the state of a container, as `docker inspect` says it'

/** Reads `docker inspect --format '{{json .State}}'`. @throws Expected */
export function parseContainerState(text: string): ContainerState {
  const { Status: status, ExitCode: exitCode, OOMKilled: outOfMemory, Error: error = '' } = parseRecord(text)
  if (typeof status !== 'string' || typeof exitCode !== 'number' || typeof error !== 'string')
    throw new Expected(WANT)
  return { status, exitCode, outOfMemory: outOfMemory === true, error }
}

/** The ports for TCP that an image exposes, out of `docker image inspect --format '{{json .Config.ExposedPorts}}'`. @throws Expected */
export function parseExposedPorts(text: string): readonly number[] {
  const named = Object.keys(text.trim() === 'null' ? {} : parseRecord(text))
  return named.flatMap((port) => {
    const [, number] = /^(\d+)(?:\/tcp)?$/.exec(port) ?? []
    return number === undefined ? [] : [Number(number)]
  })
}

/** The port of this machine, out of `docker port`: `127.0.0.1:32768`, one line for each address. */
export function parsePublishedPort(text: string): number | undefined {
  const [, port] = /^127\.0\.0\.1:(\d+)$/m.exec(text) ?? []
  return port === undefined ? undefined : Number(port)
}

function parseRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new Expected(WANT)
}
