import { Failure, inlineCode, type JsonValue, type OutputValue } from '@mlops-actions/diagnostics'
import { type ProblemKind, remoteUrls, type Status } from '@mlops-actions/dvc'
import type { ActionResult } from '@mlops-actions/runner'
import { formatCount, formatDuration, formatSize } from '@mlops-actions/text'
import { comparisonSection, comparisonValue } from './comparison.ts'
import { problemFacts, problemTable } from './failure.ts'
import { pastLines, pastValue } from './past-report.ts'
import { md5s, problemValues } from './report.ts'
import type { StatusOutcome } from './status.ts'
import { leftOut, uncommittedFiles } from './summary.ts'

/** Outputs, summary, report and lineage where others get everything that this commit names. Pure. */
export function statusResult(outcome: StatusOutcome): ActionResult {
  return {
    outputs: statusOutputs(outcome),
    summary: statusSummary(outcome, `✅ ${verdict(outcome)}`, []),
    report: statusReport(outcome),
    lineage: { remotes: remoteUrls(outcome), outputs: md5s(outcome) },
  }
}

/** The same facts, as a failure with a row for each thing that is wrong. */
export function statusFailure(outcome: StatusOutcome): Failure {
  const { problems } = outcome.status
  const what = verdict(outcome)
  return new Failure({
    what,
    ...problemFacts(problems),
    outputs: statusOutputs(outcome),
    report: statusReport(outcome),
    summary: statusSummary(outcome, `❌ dvc-push: ${what}`, [problemTable(problems).join('\n')]),
  })
}

function statusOutputs(outcome: StatusOutcome): Readonly<Record<string, OutputValue | undefined>> {
  const { status, comparison } = outcome
  const { checked, inRemote, missing, stale } = countsOf(outcome)
  return {
    changed: false,
    'in-sync': status.problems.length === 0,
    checked,
    uploaded: 0,
    skipped: inRemote,
    repaired: 0,
    bytes: 0,
    missing,
    stale,
    'to-push': status.toPush.length,
    'to-pull': status.toPull.length,
    archived: status.archived.length,
    diff: comparison === undefined ? undefined : comparisonValue(comparison, 'counts'),
    files: [],
    recorded: [],
    md5: md5s(outcome),
    'remote-urls': remoteUrls(outcome),
    'cache-dir': outcome.repository.config.cacheDir,
  }
}

function statusReport(outcome: StatusOutcome): JsonValue {
  const { binding, status, comparison, uncommitted } = outcome
  return {
    mode: 'status',
    ...countsOf(outcome),
    remotes: remoteUrls(outcome),
    past: pastValue(outcome),
    'left-out': binding.leftOut.map(({ output, reason }) => ({ path: output.path, reason })),
    'to-push': status.toPush.map(({ path, oid, place, bytes, remote }) => ({
      path,
      md5: oid,
      size: place?.size ?? bytes?.length ?? null,
      remote,
    })),
    'to-pull': status.toPull.map(({ path, oid, from }) => ({ path, md5: oid, from })),
    archived: status.archived.map(({ path, oid, remote }) => ({ path, md5: oid, remote })),
    problems: problemValues(status.problems),
    uncommitted: [...uncommitted],
    diff: comparison === undefined ? null : comparisonValue(comparison, 'names'),
  }
}

interface Counts {
  readonly checked: number
  readonly inRemote: number
  readonly missing: number
  readonly stale: number
}

function countsOf({ plan, status }: StatusOutcome): Counts {
  const count = (kind: ProblemKind) => status.problems.filter((problem) => problem.kind === kind).length
  return {
    checked: plan.objects.size,
    inRemote: [...plan.steps.values()].filter((step) => step === 'skip').length,
    missing: count('missing'),
    stale: count('stale'),
  }
}

/** The one thing to know: whether others get what this commit names; what is only different here comes after it. */
function verdict(outcome: StatusOutcome): string {
  const { checked, inRemote } = countsOf(outcome)
  const { problems } = outcome.status
  const where = Object.values(remoteUrls(outcome)).map(inlineCode).join(' and ')
  const has = (...kinds: ProblemKind[]) => problems.some(({ kind }) => kinds.includes(kind))
  if (problems.length === 0 && checked === 0) return 'No output of this commit belongs into a remote'
  if (problems.length === 0)
    return `${where} has everything that this commit names: ${formatCount(checked, 'object')}`
  if (!has('missing', 'unpushed', 'broken', 'corrupt'))
    return has('stale')
      ? 'The workspace is not what this commit names'
      : 'This commit names outputs without their data'
  return `${where} does not have everything that this commit names: ${inRemote.toLocaleString('en-US')} of ${formatCount(checked, 'object')} are there`
}

function statusSummary(outcome: StatusOutcome, title: string, problems: readonly string[]): string {
  const { comparison, uncommitted } = outcome
  return [
    `## ${title}`,
    ...problems,
    numbers(outcome),
    ...archivedLines(outcome.status).map((line) => `⚠️ ${line}`),
    ...(comparison === undefined ? [] : [comparisonSection(comparison)]),
    ...uncommittedFiles(uncommitted),
    ...pastLines(outcome),
    ...leftOut(outcome),
    '',
  ].join('\n\n')
}

/** What is there, and cannot be had at once. */
export function archivedLines({ archived }: Pick<Status, 'archived'>): readonly string[] {
  if (archived.length === 0) return []
  const [lie, them] = archived.length === 1 ? ['lies', 'it'] : ['lie', 'them']
  return [
    `${formatCount(archived.length, 'object')} ${lie} in an archive: the remote has ${them}, and a pull would have to wait until ${archived.length === 1 ? 'it is' : 'they are'} restored`,
  ]
}

function numbers(outcome: StatusOutcome): string {
  const { status, took } = outcome
  const { checked, inRemote, missing, stale } = countsOf(outcome)
  const counts = [checked, inRemote, status.toPush.length, missing, stale, status.toPull.length]
  const bytes = status.toPush.reduce(
    (sum, { place, bytes: built }) => sum + (place?.size ?? built?.length ?? 0),
    0,
  )
  const toPush = bytes === 0 ? '' : ` (${formatSize(bytes)})`
  const cells = counts.map((count, at) => `${count.toLocaleString('en-US')}${at === 2 ? toPush : ''}`)
  return [
    '| objects | in the remote | to push | nowhere | stale outputs | files to pull | took |',
    '|--:|--:|--:|--:|--:|--:|--:|',
    `| ${cells.join(' | ')} | ${formatDuration(took)} |`,
  ].join('\n')
}
