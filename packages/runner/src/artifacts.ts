import { appendFileSync, readFileSync } from 'node:fs'
import { type Log, messageOf } from '@mlops-actions/diagnostics'
import { parseDeclared } from './declared.wire.ts'

/** An image that a step has made, and that a later one can attest. */
export interface ArtifactSubject {
  /** `host/team/model`, without a tag. */
  readonly name: string
  /** `sha256:…` */
  readonly digest: string
}

/** actions/runner CreateArtifactsFileCommand.cs, `MaxAggregateArtifacts`. */
const MOST_OF_A_JOB = 500

type Env = Readonly<Record<string, string | undefined>>

/**
 * Declares what the step has made in the runner's file `$GITHUB_ARTIFACTS` (actions/runner#4527, runner 2.336): from there
 * actions/attest takes its subjects where it is given none. A runner without that file gets nothing, and one whose feature is
 * off does not read it. What the runner would fail a good step for is left out and said: another digest under a name of this
 * job, and more than it takes.
 */
export function declareSubjects(env: Env, subjects: readonly ArtifactSubject[], log: Log): void {
  const { GITHUB_ARTIFACTS: file = '', GITHUB_ARTIFACTS_LIST: list = '' } = env
  if (file === '' || subjects.length === 0) return
  try {
    const declared = parseDeclared(list === '' ? '' : readFileSync(list, 'utf8'))
    for (const { name, digest } of subjects) {
      const before = declared.get(name)
      if (before === digest) continue
      const why = before === undefined ? tooMany(declared.size) : `a step before has declared it as ${before}`
      if (why === undefined) appendFileSync(file, `oci://${name}@${digest}\n`)
      else
        log.warn(
          `${name}@${digest} is not declared for attestation, since ${why}: give actions/attest its name and digest`,
        )
    }
  } catch (cause) {
    // What was done is done, and attestation can be given its subject in another way.
    log.warn(`The image could not be declared for attestation: ${messageOf(cause)}`)
  }
}

function tooMany(declared: number): string | undefined {
  return declared < MOST_OF_A_JOB ? undefined : `the runner takes no more than ${MOST_OF_A_JOB} of a job`
}
