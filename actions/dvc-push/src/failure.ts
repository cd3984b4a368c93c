import {
  escapeMarkdown,
  Failure,
  type FailureDetails,
  inlineCode,
  withDetails,
} from '@mlops-actions/diagnostics'
import type { Problem, ProblemKind } from '@mlops-actions/dvc'
import { formatCount } from '@mlops-actions/text'
import { type Outcome, tally } from './outcome.ts'
import { reportOf, reportResult, resultOutputs } from './report.ts'

const ROWS = 50

const NEXT: Readonly<Record<ProblemKind, string>> = {
  missing:
    'Run `dvc push` where the data was made (or this action in the job that makes it), or restore the data and run again',
  stale:
    'Record what is in the workspace (the input `add`, `dvc add` or `dvc commit`, then commit the .dvc files or dvc.lock), or check the recorded data out (`dvc checkout`)',
  corrupt: 'Delete the damaged objects, and make or pull the data again',
  broken:
    'Run the step once with `repair: true`, which sends again what the remote has lost or damaged, and find out what removed it (a lifecycle rule, `dvc gc -c`, somebody)',
  unrecorded:
    'Run the pipeline (`dvc repro`) and commit dvc.lock, or set `cache: false` or `push: false` for the output',
  unpushed: 'Run `dvc push`, or this action with `mode: push`',
}

/** Nothing was sent: the remote would not hold what the commit names. DVC ends all of these green. */
export function problemFailure(outcome: Outcome): Failure {
  const { problems, push } = outcome
  const what =
    push === undefined
      ? 'Nothing was pushed, because the remote would not hold what this commit names'
      : 'The remote does not hold what was sent'
  return new Failure({
    what,
    ...problemFacts(problems),
    outputs: resultOutputs(outcome),
    report: reportOf(outcome),
    summary: [`## ❌ dvc-push: ${what}`, '', ...problemTable(problems), ''].join('\n'),
  })
}

/** Everything is done but what nobody can do: other commits name what is nowhere. */
export function pastFailure(outcome: Outcome): Failure {
  const { problems, dryRun } = outcome
  const what = `${dryRun ? 'Commits' : 'All else is pushed, but commits'} of the history name data that nobody has`
  const { summary, outputs } = reportResult(outcome)
  return new Failure({
    what,
    ...problemFacts(problems),
    outputs,
    report: reportOf(outcome),
    summary: [
      `## ❌ dvc-push: ${what}`,
      '',
      ...problemTable(problems),
      '',
      summary.replace(/^## /, '### '),
    ].join('\n'),
  })
}

/** What the failure says of the problems, whichever step found them. */
export function problemFacts(
  problems: readonly Problem[],
): Pick<FailureDetails, 'kind' | 'code' | 'on' | 'seen' | 'next'> {
  const kinds = kindsOf(problems)
  return {
    kind: kinds.every((kind) => kind === 'unrecorded') ? 'config' : 'integrity',
    code: `DVC_${(kinds[0] ?? 'missing').toUpperCase()}`,
    on: kinds
      .map((kind) => `${kind}: ${namesOf(problems.filter((problem) => problem.kind === kind))}`)
      .join('; '),
    seen: problems
      .slice(0, 3)
      .map(({ path, seen }) => `${path}: ${seen}`)
      .join('; '),
    next: kinds.map((kind) => NEXT[kind]).join('. '),
  }
}

/** Some objects could not be sent; their directories were kept back, so nothing in the remote promises them. */
export function uploadFailure(outcome: Outcome): Failure {
  const failures = [...(outcome.push?.failed ?? [])]
  const { uploaded, planned } = tally(outcome)
  const [first] = failures.map(([, failure]) => failure)
  if (first === undefined) throw new Error('there is no failed upload to report')
  const what = `${planned - uploaded} of ${formatCount(planned, 'object')} could not be pushed`
  return withDetails(first, {
    what,
    seen: `${first.details.what}: ${first.details.seen}`,
    outputs: resultOutputs(outcome),
    report: reportOf(outcome),
    summary: uploadSummary(what, first, outcome),
  })
}

function namesOf(problems: readonly Problem[]): string {
  const names = problems.slice(0, 5).map(({ path }) => path)
  return `${names.join(', ')}${problems.length > 5 ? ` and ${problems.length - 5} more` : ''}`
}

function kindsOf(problems: readonly Problem[]): readonly ProblemKind[] {
  return [...new Set(problems.map(({ kind }) => kind))]
}

/** Lines of Markdown: what to do about each kind of problem, and every problem in a row. */
export function problemTable(problems: readonly Problem[]): readonly string[] {
  const rows = problems
    .slice(0, ROWS)
    .map(
      ({ kind, path, source, oid, seen }) =>
        `| ${kind} | ${inlineCode(path)} | ${inlineCode(source)} | ${oid === undefined ? '' : inlineCode(oid)} | ${escapeMarkdown(seen)} |`,
    )
  const more = problems.length - rows.length
  return [
    ...kindsOf(problems).map((kind) => `**${kind}:** ${NEXT[kind]}.\n`),
    '| | file | named by | md5 | seen |',
    '|:--|:--|:--|:--|:--|',
    ...rows,
    ...(more > 0 ? [`| … and ${more} more | | | | |`] : []),
  ]
}

function uploadSummary(what: string, first: Failure, { plan, push }: Outcome): string {
  const failed = [...(push?.failed ?? [])].slice(0, ROWS)
  const withheld = push?.withheld.slice(0, ROWS) ?? []
  return [
    `## ❌ dvc-push: ${what}`,
    '',
    `**Why:** ${escapeMarkdown(first.details.on)}: ${escapeMarkdown(first.details.seen)}`,
    '',
    `**Do this:** ${escapeMarkdown(first.details.next)}. What was sent stays; a further run sends the rest.`,
    '',
    '| file | seen |',
    '|:--|:--|',
    ...failed.map(
      ([id, failure]) =>
        `| ${inlineCode(plan.objects.get(id)?.path ?? id)} | ${escapeMarkdown(failure.details.seen)} |`,
    ),
    ...withheld.map(
      ({ path }) =>
        `| ${inlineCode(path)} | its list of files was kept back, so that nobody pulls half of it |`,
    ),
    '',
  ].join('\n')
}
