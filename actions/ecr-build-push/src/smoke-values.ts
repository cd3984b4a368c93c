import type { Problem } from '@mlops-actions/runner'
import { Expected, parseKeyValues } from '@mlops-actions/text'

/** What is asked of the built image. */
export interface SmokeInput {
  /** Undefined: the port that the image exposes. */
  readonly port: number | undefined
  readonly path: string
}

const WANT = 'a path such as /v2/health/ready, or a port and a path such as 8080/v2/health/ready'

/** @throws Expected */
export function parseSmoke(text: string): SmokeInput {
  const [, digits = '', path = ''] = /^(\d{0,5})(\/[\w.~!$&'()*+,;=:@%/?-]*)$/.exec(text) ?? []
  const port = digits === '' ? undefined : Number(digits)
  if (path === '' || port === 0 || (port ?? 1) > 65_535) throw new Expected(WANT)
  return { port, path }
}

/** The client of Docker would take these for itself. */
const OF_THE_CLIENT =
  /^(?:DOCKER_.*|BUILDX_.*|BUILDKIT_.*|LD_.*|PATH|HOME|USER|LOGNAME|TMPDIR|TMP|TEMP|XDG_.*|SSH_.*)$/

/** @throws Expected */
export function parseSmokeEnv(text: string): ReadonlyMap<string, string> {
  const variables = parseKeyValues(text)
  for (const [name, value] of variables) {
    if (!/^[A-Za-z_]\w*$/.test(name) || /[\u0000-\u001f\u007f]/.test(value))
      throw new Expected('lines of NAME=value')
    if (OF_THE_CLIENT.test(name))
      throw new Expected(
        `variables of the image; ${name} is one of the Docker client itself, so set it in the Dockerfile`,
      )
  }
  return variables
}

/** Every value that is long enough to be one; to mask `1` or `true` would make a log unreadable. */
export function smokeSecrets(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => line.slice(line.indexOf('=') + 1).trim())
    .filter((value) => value.length >= 8)
}

export const SMOKE_TIMEOUT = '60s'

interface SmokeInputs {
  readonly smoke: SmokeInput | undefined
  readonly smokeTimeout: number
  readonly smokeEnv: ReadonlyMap<string, string>
  readonly platforms: readonly string[]
}

/** An image runs on one machine, and what is said of a check that there is not would be taken for one. */
export function checkSmoke(given: SmokeInputs, unset: number, problem: Problem): void {
  const { smoke, smokeTimeout, smokeEnv, platforms } = given
  if (smoke !== undefined && platforms.length > 1)
    problem(
      'smoke',
      `starts the image on this machine, which takes one platform, and \`platforms\` has ${platforms.length}: build each with \`push-by-digest\` on a machine of its kind`,
    )
  if (smoke !== undefined) return
  if (smokeTimeout !== unset)
    problem('smoke-timeout', 'is of a check that is not asked for: it needs `smoke`')
  if (smokeEnv.size > 0) problem('smoke-env', 'is of a check that is not asked for: it needs `smoke`')
}
