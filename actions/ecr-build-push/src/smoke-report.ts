import {
  codeFence,
  escapeMarkdown,
  type Failure,
  failureMarkdown,
  inlineCode,
  type JsonValue,
  withDetails,
} from '@mlops-actions/diagnostics'
import type { BuildRun } from '@mlops-actions/ecr'
import type { SmokeResult } from '@mlops-actions/ecr/smoke'
import { formatDuration } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import { changedBy } from './standing.ts'

/** A built image that has answered. */
export interface Smoked {
  readonly result: SmokeResult
  readonly path: string
  readonly run: BuildRun
}

export function smokeSentence({ result, path }: Pick<Smoked, 'result' | 'path'>): string {
  return `Started and asked: ${path} on port ${result.port} answered ${result.status} after ${formatDuration(result.waited)}.`
}

export function smokeReport({ result, path }: Smoked): JsonValue {
  return { path, port: result.port, status: result.status, ms: result.waited }
}

/** With the last lines of output of what did not pass. */
export function smokeFailure({ repository }: Inputs, failure: Failure, said: readonly string[]): Failure {
  const { what, kind, code } = failure.details
  if (kind !== 'workload') return failure
  const tail =
    said.length === 0 ? [] : [codeFence(said.join('\n'), 'text', { maxLines: 20, maxLineLength: 400 }), '']
  const summary = [
    `## ❌ ${escapeMarkdown(what)}: ${inlineCode(repository)} has no new image`,
    '',
    ...failureMarkdown(failure.details),
    ...tail,
    `kind ${inlineCode(kind)} · code ${inlineCode(code)} · nothing was pushed`,
    '',
  ].join('\n')
  return withDetails(failure, {
    summary,
    report: { outcome: 'failed', repository, code, 'said-at-last': said.length },
    outputs: changedBy(),
  })
}
