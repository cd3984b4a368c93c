import {
  codeFence,
  escapeMarkdown,
  type Failure,
  failureMarkdown,
  inlineCode,
  type JsonValue,
  withDetails,
} from '@mlops-actions/diagnostics'
import { type BuildRecord, failedStep, nameRefused } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { BuildFailed } from './push.ts'
import { changedBy, lookAgain, movedTags, type Standing, standingLines, standingReport } from './standing.ts'
import { stepReport } from './step-table.ts'
import type { Target } from './target.ts'

/** The same of a build that was to be pushed: a push that failed may have come to its end in the registry. */
export async function pushFailure(
  world: ActionWorld,
  failed: BuildFailed,
  target: Target,
  tags: readonly string[],
): Promise<Failure> {
  const [standing, failure] = await Promise.all([
    lookAgain(world, target, tags),
    nameRefused(world, target, failed.failure),
  ])
  return buildFailure({ ...failed, failure }, target, standing)
}

/** The failure of a build with its summary and its report: what failed first, then what it said. */
export function buildFailure(
  { failure, run }: BuildFailed,
  target?: Pick<Target, 'host' | 'repository'>,
  standing?: Standing,
): Failure {
  const { record, attempts } = run
  const repository = target?.repository.name
  const report: JsonValue = {
    outcome: 'failed',
    repository: repository ?? null,
    code: failure.code,
    'failed-step': failedStep(record)?.name ?? null,
    attempts,
    steps: stepReport(record),
    ...(standing === undefined ? {} : { tags: standingReport(standing) }),
  }
  const outputs = target === undefined ? {} : { repository: target.repository.name, registry: target.host }
  const summary = formatFailedBuild(failure, record, repository, standing)
  return withDetails(failure, { summary, report, outputs: { ...outputs, ...changedBy(standing) } })
}

function formatFailedBuild(
  failure: Failure,
  record: BuildRecord,
  repository: string | undefined,
  standing: Standing | undefined,
): string {
  const { what, on, seen, next, kind, code } = failure.details
  return [
    `## ❌ ${escapeMarkdown(what)}${repository === undefined ? '' : `: ${stateOf(repository, standing)}`}`,
    '',
    ...failureMarkdown({ on, seen: seen.split('\n')[0] ?? '', next }),
    ...output(record),
    ...(standing === undefined ? [] : standingLines(standing)),
    `kind ${inlineCode(kind)} · code ${inlineCode(code)} · ${failure.retryable ? 'running it again may help' : 'running it again changes nothing'}`,
    '',
  ].join('\n')
}

/** Without a look nothing was pushed by then. */
function stateOf(repository: string, standing: Standing | undefined): string {
  const name = inlineCode(repository)
  if (standing?.seen === false) return `whether ${name} has a new image is not known`
  return standing === undefined || movedTags(standing).length === 0
    ? `${name} has no new image`
    : `${name} has a new image all the same`
}

/** The frame of the Dockerfile and the last lines of the step, as buildx and the step wrote them. */
function output(record: BuildRecord): string[] {
  const said = failedStep(record)?.output ?? []
  const frame = record.text.filter((line) => !line.startsWith('ERROR: '))
  return [frame, said].flatMap((lines) =>
    lines.length === 0 ? [] : [codeFence(lines.join('\n'), 'text', { maxLines: 40, maxLineLength: 400 }), ''],
  )
}
