import { Failure } from '@mlops-actions/diagnostics'
import { publicAction } from './api.ts'
import { type BuildFacts, readFacts } from './build-facts.ts'
import type { BuildRecord } from './build-record.ts'
import type { Explanation, Rule } from './build-rule.ts'
import { BUILD_RULES } from './build-rules.ts'
import { INPUT_RULES } from './input-rules.ts'
import { isAboutPush, PUSH_RULES } from './push-rules.ts'
import { SETUP_RULES } from './setup-rules.ts'

const SHOWN_OUTPUT = 8
const LONGEST_SAID = 600

export interface FailedBuild {
  readonly record: BuildRecord
  readonly exitCode: number | undefined
  /** `host/team/model`, for the failure's second part. */
  readonly image: string
  /** Whether it goes to ECR Public, whose rights are other ones. */
  readonly isPublic?: boolean
}

/**
 * What a build failed of, in the reader's terms: which step of the Dockerfile and its last lines, or what the
 * registry refused and which right is missing. Pure.
 */
export function explainBuild({ record, exitCode, image, isPublic = false }: FailedBuild): Failure {
  const facts = readFacts(record, exitCode)
  const pushing = isAboutPush(facts)
  const rules = [...SETUP_RULES, ...INPUT_RULES, ...(pushing ? PUSH_RULES : BUILD_RULES)]
  const { kind, code, what, on, next } = explain(rules, facts) ?? otherwise(facts, pushing)
  const isCache = facts.step?.name.startsWith('exporting cache') === true
  return new Failure({
    kind,
    code,
    what: isCache ? 'Cannot export the cache' : (what ?? 'Cannot build the image'),
    on: on ?? (isCache ? 'the input `cache-to`' : pushing ? image : whereOf(facts, image)),
    seen: seenOf(facts, pushing),
    // What a build reads comes from other registries, and their rights are those of ECR.
    next: isPublic && pushing ? publicAction(next) : next,
  })
}

function explain(rules: readonly Rule[], facts: BuildFacts): Explanation | undefined {
  for (const [symptom, explanation] of rules) {
    const match = symptom.exec(facts.said)
    if (match !== null) return explanation(match, facts)
  }
  return undefined
}

function otherwise({ step }: BuildFacts, pushing: boolean): Explanation {
  if (pushing)
    return {
      kind: 'upstream',
      code: 'ECR_PUSH',
      what: 'Cannot push the image',
      next: 'Read in the log what buildx says, then run the step again',
    }
  return step === undefined
    ? {
        kind: 'upstream',
        code: 'BUILD_FAILED',
        next: 'Read in the log what buildx says; if it says nothing, run the step again',
      }
    : { kind: 'workload', code: 'BUILD_FAILED', next: 'Correct this step of the Dockerfile' }
}

/** `Dockerfile:12, [build 3/4] RUN …` */
function whereOf({ place, step }: BuildFacts, image: string): string {
  const parts = [place, step?.name].filter((part) => part !== undefined)
  return parts.length === 0 ? image : parts.join(', ')
}

function seenOf({ said, step, exitCode }: BuildFacts, pushing: boolean): string {
  const ending =
    said === '' ? `buildx ended with ${exitCode ?? 'a signal'} and no message` : said.slice(0, LONGEST_SAID)
  const output = pushing ? [] : (step?.output ?? []).slice(-SHOWN_OUTPUT)
  return [ending, ...output.map((line) => `│ ${line.slice(0, 300)}`)].join('\n')
}
