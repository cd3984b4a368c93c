import {
  codeFence,
  escapeMarkdown,
  type Failure,
  failureMarkdown,
  inlineCode,
  type JsonValue,
  withDetails,
} from '@mlops-actions/diagnostics'
import { type BuildRecord, failedStep } from '@mlops-actions/ecr'
import type { BuildFailed } from './push.ts'
import { stepReport } from './step-table.ts'
import type { Target } from './target.ts'

/** The failure of a build with its summary and its report: what failed first, then what it said. */
export function buildFailure({ failure, run }: BuildFailed, target: Target | undefined): Failure {
  const { record, attempts } = run
  const repository = target?.repository.name
  const report: JsonValue = {
    outcome: 'failed',
    repository: repository ?? null,
    code: failure.code,
    'failed-step': failedStep(record)?.name ?? null,
    attempts,
    steps: stepReport(record),
  }
  const outputs = target === undefined ? {} : { repository: target.repository.name, registry: target.host }
  return withDetails(failure, { summary: formatFailedBuild(failure, record, target), report, outputs })
}

function formatFailedBuild(failure: Failure, record: BuildRecord, target: Target | undefined): string {
  const { what, on, seen, next, kind, code } = failure.details
  const standing = target === undefined ? [] : [...target.before]
  return [
    `## ❌ ${escapeMarkdown(what)}${target === undefined ? '' : `: ${inlineCode(target.repository.name)} has no new image`}`,
    '',
    ...failureMarkdown({ on, seen: seen.split('\n')[0] ?? '', next }),
    ...output(record),
    ...standing.map(([tag, image]) => `- ${inlineCode(tag)} is still ${inlineCode(image.digest)}`),
    '',
    `kind ${inlineCode(kind)} · code ${inlineCode(code)} · ${failure.retryable ? 'running it again may help' : 'running it again changes nothing'}`,
    '',
  ].join('\n')
}

/** The frame of the Dockerfile and the last lines of the step, as buildx and the step wrote them. */
function output(record: BuildRecord): string[] {
  const said = failedStep(record)?.output ?? []
  const frame = record.text.filter((line) => !line.startsWith('ERROR: '))
  return [frame, said].flatMap((lines) =>
    lines.length === 0 ? [] : [codeFence(lines.join('\n'), 'text', { maxLines: 40, maxLineLength: 400 }), ''],
  )
}
