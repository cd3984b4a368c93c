import { escapeMarkdown, inlineCode, type JsonValue, type OutputValue } from '@mlops-actions/diagnostics'
import { md5Of, remoteUrls } from '@mlops-actions/dvc'
import type { ActionResult } from '@mlops-actions/runner'
import { formatCount, formatDuration, formatSize } from '@mlops-actions/text'
import { plannedFiles } from './files.ts'
import { type Outcome, type Tally, tally } from './outcome.ts'
import { pastLines, pastValue } from './past-report.ts'

/** Rows of a table that a person reads. */
const ROWS = 30

/** Outputs, summary, report and lineage of a pull that is whole. Pure. */
export function reportResult(outcome: Outcome): ActionResult {
  return {
    outputs: resultOutputs(outcome),
    summary: formatSummary(outcome),
    report: reportOf(outcome),
    lineage: { revision: outcome.revision ?? null, remotes: remoteUrls(outcome), outputs: md5s(outcome) },
  }
}

/** The outputs of the step, as far as they are known. */
export function resultOutputs(outcome: Outcome): Readonly<Record<string, OutputValue | undefined>> {
  const { checked, downloaded, skipped, cached, bytes, missing, archived } = tally(outcome)
  const { result, removed, extra, repository } = outcome
  return {
    changed: (result?.placed.size ?? 0) + (result?.madeExecutable.length ?? 0) + removed.length > 0,
    checked,
    downloaded,
    skipped,
    cached,
    removed: removed.length,
    extra: extra.length,
    bytes,
    missing,
    archived,
    files: outcome.files,
    md5: md5s(outcome),
    'remote-urls': remoteUrls(outcome),
    'cache-dir': repository.config.cacheDir,
  }
}

/** Everything that happened, as JSON. */
export function reportOf(outcome: Outcome): JsonValue {
  const { revision, leftOut, problems, extra, removed, dryRun, result, plan } = outcome
  const { planned, ...counts } = tally(outcome)
  return {
    'dry-run': dryRun,
    revision: revision ?? null,
    ...counts,
    planned: { ...planned },
    remotes: remoteUrls(outcome),
    past: pastValue(outcome),
    outputs: ownOutputs(outcome).map(({ output, oid }) => ({
      path: output.path,
      source: output.source,
      md5: oid,
      parts: output.parts === undefined ? null : [...output.parts],
      imported: output.origin?.url ?? null,
    })),
    'left-out': leftOut.map(({ path, reason }) => ({ path, reason })),
    files: dryRun ? plannedFiles(plan) : outcome.files,
    failed: [...(result?.failed ?? [])].map(([path, failure]) => ({
      path,
      kind: failure.kind,
      seen: failure.details.seen,
    })),
    problems: problems.map(({ kind, path, source, oid, seen, frozen }) => ({
      kind,
      path,
      source,
      md5: oid ?? null,
      seen,
      ...frozen,
    })),
    extra: [...extra],
    removed: [...removed],
    'made-executable': [...(dryRun ? plan.unexecutable : (result?.madeExecutable ?? []))],
  }
}

/** Those of this commit; what others name has no path in the workspace. */
function ownOutputs({ outputs }: Outcome): Outcome['outputs'] {
  return outputs.filter(({ output }) => output.revision === undefined)
}

function md5s(outcome: Outcome): Record<string, string> {
  return Object.fromEntries(ownOutputs(outcome).map(({ output, oid }) => [output.path, oid]))
}

function formatSummary(outcome: Outcome): string {
  const counts = tally(outcome)
  return [
    `## ${verdict(outcome, counts)}`,
    numbers(outcome, counts),
    outputTable(outcome),
    ...extraFiles(outcome),
    ...pastLines(outcome),
    ...leftOut(outcome),
    '',
  ].join('\n\n')
}

function verdict(
  { dryRun, outputs, revision }: Outcome,
  { downloaded, cached, bytes, planned, checked }: Tally,
): string {
  const what = revision === undefined ? 'this commit names' : `${inlineCode(revision.slice(0, 7))} names`
  if (outputs.length === 0) return '✅ Nothing to pull: no output of this commit is kept in a remote'
  if (dryRun && planned.download + planned.place > 0)
    return `🔎 Dry run: ${formatCount(planned.download, 'object')} would be downloaded, ${planned.place} taken from the cache`
  if (downloaded + cached === 0) return `✅ Nothing to download: the workspace has everything that ${what}`
  return `✅ The workspace has everything that ${what}: ${formatCount(downloaded, 'object')} downloaded (${formatSize(bytes)}) and verified, ${checked.toLocaleString('en-US')} files in place`
}

function numbers({ took }: Outcome, { checked, downloaded, skipped, cached, bytes }: Tally): string {
  const counts = [checked, downloaded, cached, skipped].map((count) => count.toLocaleString('en-US'))
  return [
    '| files | objects downloaded | from the cache | already there | bytes | took |',
    '|--:|--:|--:|--:|--:|--:|',
    `| ${counts.join(' | ')} | ${formatSize(bytes)} | ${formatDuration(took)} |`,
  ].join('\n')
}

function outputTable(outcome: Outcome): string {
  const { plan, result } = outcome
  const outputs = ownOutputs(outcome)
  const written = new Map<string, number>()
  for (const { file } of plan.files)
    if (result?.placed.has(file.path)) written.set(file.output, (written.get(file.output) ?? 0) + 1)
  const rows = outputs.slice(0, ROWS).map(({ output, oid }) => {
    const origin = output.origin === undefined ? '' : ` from ${escapeMarkdown(output.origin.url)}`
    const parts = output.parts === undefined ? '' : ` (${output.parts.map(inlineCode).join(', ')} of it)`
    return `| ${inlineCode(output.path)}${parts}${origin} | ${inlineCode(md5Of(oid).slice(0, 12))} | ${written.get(output.path) ?? 0} |`
  })
  const more = outputs.length - rows.length
  return [
    '| output | md5 | files written |',
    '|:--|:--|--:|',
    ...rows,
    ...(more > 0 ? [`| … and ${more} more | | |`] : []),
  ].join('\n')
}

function extraFiles({ extra, removed }: Outcome): string[] {
  const list = (paths: readonly string[]) =>
    paths
      .slice(0, ROWS)
      .map((path) => `- ${inlineCode(path)}`)
      .join('\n')
  if (removed.length > 0)
    return [
      `<details><summary>${formatCount(removed.length, 'unrecorded file')} removed, by force</summary>\n\n${list(removed)}\n\n</details>`,
    ]
  if (extra.length === 0) return []
  return [
    `⚠️ ${formatCount(extra.length, 'file')} in tracked folders ${extra.length === 1 ? 'was' : 'were'} not recorded there and stayed; \`force: true\` removes them.\n\n${list(extra)}`,
  ]
}

function leftOut({ leftOut: left }: Outcome): string[] {
  if (left.length === 0) return []
  const names = left
    .slice(0, ROWS)
    .map(({ path, reason }) => `- ${inlineCode(path)}: ${escapeMarkdown(reason)}`)
  return [
    `<details><summary>${left.length} not pulled, as the repository says</summary>\n\n${names.join('\n')}\n\n</details>`,
  ]
}
