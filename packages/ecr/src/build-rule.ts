import type { FailureKind } from '@mlops-actions/diagnostics'
import type { BuildFacts } from './build-facts.ts'

/** What a symptom means. `on` and `what` only where they say more than the defaults. */
export interface Explanation {
  readonly kind: FailureKind
  readonly code: string
  readonly what?: string
  readonly on?: string
  readonly next: string
}

/** A symptom in what buildx said, and its meaning; the first rule that matches decides. */
export type Rule = readonly [
  symptom: RegExp,
  explain: (match: RegExpExecArray, facts: BuildFacts) => Explanation,
]
