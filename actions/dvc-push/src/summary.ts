import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { md5Of, remoteUrls, type TrackedObject } from '@mlops-actions/dvc'
import { formatCount, formatDuration, formatSize } from '@mlops-actions/text'
import { committedLine } from './commit-report.ts'
import { type Outcome, type Published, type Tally, tally } from './outcome.ts'
import { pastLines } from './past-report.ts'

/** Rows of a table that a person reads. */
const ROWS = 30

/** The job summary of a push that is whole, verdict first. Pure. */
export function formatSummary(outcome: Outcome): string {
  const counts = tally(outcome)
  return [
    `## ${verdict(outcome, counts)}`,
    ...outcome.published.map(publishedLine),
    numbers(outcome, counts),
    outputTable(outcome),
    ...recordedLine(outcome),
    ...uncommittedLine(outcome),
    ...cacheLine(outcome),
    ...runCacheLine(outcome),
    ...pastLines(outcome),
    ...leftOut(outcome),
    '',
  ].join('\n\n')
}

function verdict(outcome: Outcome, { uploaded, skipped, bytes, planned, checked }: Tally): string {
  const where = Object.values(remoteUrls(outcome)).map(inlineCode).join(' and ')
  if (checked === 0) return '✅ Nothing to push: no output of this commit belongs into a remote'
  if (outcome.dryRun && planned > 0)
    return `🔎 Dry run: ${formatCount(planned, 'object')} would be sent to ${where}`
  if (uploaded === 0) return `✅ Nothing to send: ${where} has everything that this commit names`
  return `✅ ${where} has everything that this commit names: ${formatCount(uploaded, 'object')} sent (${formatSize(bytes)}), ${skipped.toLocaleString('en-US')} already there`
}

function publishedLine({ plan, result, pending }: Published): string {
  const model = escapeMarkdown(plan.model)
  const uri = inlineCode(plan.uri)
  const files = formatCount(plan.files.length, 'file')
  const warnings = plan.warnings.map((warning) => `<br>⚠️ ${escapeMarkdown(warning)}`).join('')
  if (result === undefined)
    return `**${model}** would be published as ${uri} (${pending} of ${files} to copy)${warnings}`
  const how = result.copied.length === 0 ? 'was published before' : 'is published'
  return `**${model}** ${how}: ${uri} (${files})${warnings}`
}

function numbers({ took }: Outcome, { checked, uploaded, skipped, repaired, bytes }: Tally): string {
  return [
    '| checked | sent | already there | repaired | bytes sent | took |',
    '|--:|--:|--:|--:|--:|--:|',
    `| ${[checked, uploaded, skipped, repaired].map((count) => count.toLocaleString('en-US')).join(' | ')} | ${formatSize(bytes)} | ${formatDuration(took)} |`,
  ].join('\n')
}

function outputTable({ binding, plan, push }: Outcome): string {
  const sentBelow = (path: string) =>
    [...(push?.sent.keys() ?? [])].filter((id) => isOf(plan.objects.get(id), path)).length
  const rows = binding.outputs
    .slice(0, ROWS)
    .map(
      ({ path, oid, target }) =>
        `| ${inlineCode(path)} | ${inlineCode(md5Of(oid ?? '').slice(0, 12))} | ${escapeMarkdown(target)} | ${sentBelow(path)} |`,
    )
  const more = binding.outputs.length - rows.length
  return [
    '| output | md5 | remote | objects sent |',
    '|:--|:--|:--|--:|',
    ...rows,
    ...(more > 0 ? [`| … and ${more} more | | | |`] : []),
  ].join('\n')
}

function isOf(object: TrackedObject | undefined, path: string): boolean {
  return object !== undefined && (object.path === path || object.path.startsWith(`${path}/`))
}

/** What no commit names is found by nobody; files that this step has recorded or committed are told of already. */
function uncommittedLine({ uncommitted, edits, commit }: Outcome): string[] {
  if (commit !== undefined) return []
  const recorded = new Set(edits.map(({ file }) => file))
  return uncommittedFiles(uncommitted.filter((file) => !recorded.has(file)))
}

/** A paragraph where there is any such file. */
export function uncommittedFiles(files: readonly string[]): string[] {
  if (files.length === 0) return []
  const names = files.slice(0, ROWS).map(inlineCode).join(', ')
  return [`⚠️ In no commit as they are, so that nobody can pull what they name: ${names}. Commit them.`]
}

function recordedLine({ edits, dryRun, commit }: Outcome): string[] {
  if (commit !== undefined) return [committedLine(commit, dryRun)]
  const files = edits.map(({ file }) => inlineCode(file)).join(', ')
  if (files === '') return []
  return [dryRun ? `Would be recorded: ${files}` : `Recorded, and to be committed: ${files}`]
}

function cacheLine({ cached }: Outcome): string[] {
  return cached === undefined ? [] : [`Cache: ${formatCount(cached, 'object')} put there`]
}

function runCacheLine({ runCache, dryRun }: Outcome): string[] {
  if (runCache === undefined) return []
  const { records, skipped } = runCache
  const verb = dryRun ? 'would be sent' : 'sent'
  return [
    `Run cache: ${formatCount(records, 'record')} ${verb}, ${skipped.toLocaleString('en-US')} already there`,
  ]
}

export function leftOut({ binding }: Pick<Outcome, 'binding'>): string[] {
  if (binding.leftOut.length === 0) return []
  const names = binding.leftOut
    .slice(0, ROWS)
    .map(({ output, reason }) => `- ${inlineCode(output.path)}: ${reason}`)
  return [
    `<details><summary>${binding.leftOut.length} not pushed, as the repository says</summary>\n\n${names.join('\n')}\n\n</details>`,
  ]
}
