import {
  escapeMarkdown,
  Failure,
  type FailureDetails,
  type FailureKind,
  inlineCode,
  withDetails,
} from '@mlops-actions/diagnostics'
import type { PullProblem, PullProblemKind } from '@mlops-actions/dvc'
import { formatCount } from '@mlops-actions/text'
import { type Outcome, tally } from './outcome.ts'
import { reportOf, reportResult, resultOutputs } from './report.ts'
import { restoreAdvice, restoreCommands } from './restore.ts'

const ROWS = 50

const NEXT: Readonly<Record<Exclude<PullProblemKind, 'archived'>, string>> = {
  missing:
    'Run `dvc push`, or the action dvc-push, where the data was made; a commit names it that was pushed without it',
  unrecorded:
    'Run the pipeline (`dvc repro`) or record the data (`dvc add`) where it is made, push it and commit dvc.lock or the .dvc file; or name other `targets`, or set `cache: false` for the output',
  corrupt: 'Push the data again from where it is whole: dvc-push with `repair: true` replaces such objects',
  changed: 'Set `force: true` to replace what is there, or move it away before this step',
  blocked: 'Remove what stands there, so that a folder can',
}

const KIND: Readonly<Record<PullProblemKind, FailureKind>> = {
  missing: 'integrity',
  unrecorded: 'config',
  corrupt: 'integrity',
  archived: 'policy',
  changed: 'conflict',
  blocked: 'conflict',
}

/** Nothing was written: the workspace would not be what the commit names. */
export function problemFailure(outcome: Outcome): Failure {
  const { problems } = outcome
  const kinds = [...new Set(problems.map(({ kind }) => kind))]
  const what = 'Nothing was pulled, because the workspace would not become what this commit names'
  return new Failure({
    what,
    ...problemFacts(problems, kinds),
    outputs: resultOutputs(outcome),
    report: reportOf(outcome),
    summary: problemSummary(what, problems, kinds),
  })
}

/** Everything is done but what nobody can do: other commits name what is nowhere. */
export function pastFailure(outcome: Outcome): Failure {
  const { problems, dryRun } = outcome
  const kinds = [...new Set(problems.map(({ kind }) => kind))]
  const lost = kinds.includes('archived') ? 'cannot be had' : 'nobody has'
  const what = `${dryRun ? 'Commits' : 'All else is pulled, but commits'} of the history name data that ${lost}`
  const { summary, outputs } = reportResult(outcome)
  return new Failure({
    what,
    ...problemFacts(problems, kinds),
    outputs,
    report: reportOf(outcome),
    summary: `${problemSummary(what, problems, kinds)}\n${summary.replace(/^## /, '### ')}`,
  })
}

function problemFacts(
  problems: readonly PullProblem[],
  kinds: readonly PullProblemKind[],
): Pick<FailureDetails, 'kind' | 'code' | 'on' | 'seen' | 'next' | 'retryable'> {
  const [first = 'missing'] = kinds
  return {
    kind: kinds.some((kind) => KIND[kind] === 'integrity') ? 'integrity' : KIND[first],
    code: `DVC_PULL_${first.toUpperCase()}`,
    on: kinds
      .map((kind) => `${kind}: ${namesOf(problems.filter((problem) => problem.kind === kind))}`)
      .join('; '),
    seen: problems
      .slice(0, 3)
      .map(({ path, seen }) => `${path}: ${seen}`)
      .join('; '),
    next: kinds.map((kind) => nextOf(kind, problems)).join('. '),
    // Somebody has asked for all that is lacking: nothing is left to be changed.
    ...(problems.every(({ frozen }) => frozen?.restoring === true) ? { retryable: true } : {}),
  }
}

function nextOf(kind: PullProblemKind, problems: readonly PullProblem[]): string {
  return kind === 'archived' ? restoreAdvice(problems) : NEXT[kind]
}

/** Some objects could not be brought. What came is whole, and a further run brings the rest. */
export function downloadFailure(outcome: Outcome): Failure {
  const failures = [...(outcome.result?.failed ?? [])]
  const { planned } = tally(outcome)
  const [first] = failures.map(([, failure]) => failure)
  if (first === undefined) throw new Error('there is no failed download to report')
  const what = `${formatCount(failures.length, 'file')} of ${planned.download + planned.place} could not be pulled`
  return withDetails(first, {
    what,
    seen: `${first.details.what}: ${first.details.seen}`,
    next: isArchived(first) ? restoreAdvice(outcome.result?.archived ?? []) : first.details.next,
    outputs: resultOutputs(outcome),
    report: reportOf(outcome),
    summary: downloadSummary(what, first, outcome),
  })
}

function namesOf(problems: readonly PullProblem[]): string {
  const names = problems.slice(0, 5).map(({ path }) => path)
  return `${names.join(', ')}${problems.length > 5 ? ` and ${problems.length - 5} more` : ''}`
}

function problemSummary(
  what: string,
  problems: readonly PullProblem[],
  kinds: readonly PullProblemKind[],
): string {
  const rows = problems
    .slice(0, ROWS)
    .map(
      ({ kind, path, source, oid, seen }) =>
        `| ${kind} | ${inlineCode(path)} | ${inlineCode(source)} | ${oid === undefined ? '' : inlineCode(oid)} | ${escapeMarkdown(seen)} |`,
    )
  const more = problems.length - rows.length
  return [
    `## ❌ dvc-pull: ${what}`,
    '',
    ...kinds.map((kind) => `**${kind}:** ${nextOf(kind, problems)}.\n`),
    '| | file | named by | md5 | seen |',
    '|:--|:--|:--|:--|:--|',
    ...rows,
    ...(more > 0 ? [`| … and ${more} more | | | | |`] : []),
    ...restoreBlock(problems),
    '',
  ].join('\n')
}

function restoreBlock(problems: readonly PullProblem[]): readonly string[] {
  const commands = restoreCommands(problems)
  if (commands.length === 0) return []
  const more = commands.length - ROWS
  const rest = more > 0 ? [`# and ${more} more: the report names them`] : []
  return ['', '```sh', ...commands.slice(0, ROWS), ...rest, '```']
}

function isArchived({ code }: Failure): boolean {
  return code === 'S3_ARCHIVED'
}

function downloadSummary(what: string, first: Failure, { result }: Outcome): string {
  const archived = result?.archived ?? []
  const next = isArchived(first) ? restoreAdvice(archived) : escapeMarkdown(first.details.next)
  const failed = [...(result?.failed ?? [])].slice(0, ROWS)
  return [
    `## ❌ dvc-pull: ${what}`,
    '',
    `**Why:** ${escapeMarkdown(first.details.on)}: ${escapeMarkdown(first.details.seen)}`,
    '',
    `**Do this:** ${next}. What came is whole; a further run brings the rest.`,
    '',
    '| file | seen |',
    '|:--|:--|',
    ...failed.map(([path, failure]) => `| ${inlineCode(path)} | ${escapeMarkdown(failure.details.seen)} |`),
    ...restoreBlock(archived),
    '',
  ].join('\n')
}
