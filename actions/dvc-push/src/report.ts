import { escapeMarkdown, inlineCode, type JsonValue, type OutputValue } from '@mlops-actions/diagnostics'
import { md5Of, remoteUrl, type TrackedObject } from '@mlops-actions/dvc'
import type { ActionResult } from '@mlops-actions/runner'
import { formatCount, formatDuration, formatSize } from '@mlops-actions/text'
import type { CommitOutcome } from './commit.ts'
import { type Outcome, type Published, type Tally, tally } from './outcome.ts'
import type { BoundPast } from './work.ts'

/** Rows of a table that a person reads. */
const ROWS = 30

/** Outputs, summary, report and lineage of a push that is whole. Pure. */
export function reportResult(outcome: Outcome): ActionResult {
  return {
    outputs: resultOutputs(outcome),
    summary: formatSummary(outcome),
    report: reportOf(outcome),
    lineage: {
      remotes: remoteUrls(outcome),
      outputs: md5s(outcome),
      published: storageUris(outcome),
      commit: outcome.commit?.landed.commit ?? null,
    },
  }
}

/** The outputs of the step, as far as they are known. */
export function resultOutputs(outcome: Outcome): Readonly<Record<string, OutputValue | undefined>> {
  const { checked, uploaded, skipped, repaired, bytes, missing } = tally(outcome)
  const copied = outcome.published.some(({ result }) => (result?.copied.length ?? 0) > 0)
  const [first] = outcome.published
  return {
    changed:
      uploaded > 0 ||
      copied ||
      recordedFiles(outcome).length > 0 ||
      (outcome.runCache?.bytes ?? 0) > 0 ||
      (outcome.cached ?? 0) > 0 ||
      outcome.commit?.landed.changed === true,
    checked,
    uploaded,
    skipped,
    repaired,
    bytes,
    missing,
    files: sentFiles(outcome),
    recorded: recordedFiles(outcome),
    ...commitOutputs(outcome),
    md5: md5s(outcome),
    'remote-urls': remoteUrls(outcome),
    cached: outcome.cached,
    'cache-dir': outcome.repository.config.cacheDir,
    'run-cache-records': outcome.runCache?.records,
    'storage-uri': first?.plan.uri,
    'storage-uris': first === undefined ? undefined : storageUris(outcome),
  }
}

/** Everything that happened, as JSON. */
export function reportOf(outcome: Outcome): JsonValue {
  const { binding, problems, published, dryRun, push, runCache } = outcome
  return {
    'dry-run': dryRun,
    ...tally(outcome),
    remotes: remoteUrls(outcome),
    outputs: binding.outputs.map(({ path, source, oid, target }) => ({
      path,
      source,
      md5: oid ?? null,
      remote: target,
    })),
    past: pastValue(outcome),
    'left-out': binding.leftOut.map(({ output, reason }) => ({ path: output.path, reason })),
    recorded: recordedFiles(outcome),
    files: sentFiles(outcome),
    failed: [...(push?.failed ?? [])].map(([id, failure]) => ({
      path: outcome.plan.objects.get(id)?.path ?? id,
      kind: failure.kind,
      seen: failure.details.seen,
    })),
    withheld: push?.withheld.map(({ path }) => path) ?? [],
    'run-cache': runCache === undefined ? null : { ...runCache },
    cached: outcome.cached ?? null,
    commit: commitValue(outcome),
    uncommitted: [...outcome.uncommitted],
    problems: problems.map(({ kind, path, source, oid, seen }) => ({
      kind,
      path,
      source,
      md5: oid ?? null,
      seen,
    })),
    published: published.map(({ plan, result }) => ({
      model: plan.model,
      path: plan.path,
      uri: plan.uri,
      files: plan.files.length,
      copied: result?.copied.length ?? 0,
      warnings: plan.warnings,
    })),
  }
}

function sentFiles({ plan, push, ...outcome }: Outcome): JsonValue[] {
  const urls = remoteUrls(outcome)
  return [...(push?.sent ?? [])].flatMap(([id, size]) => {
    const object = plan.objects.get(id)
    if (object === undefined) return []
    const remote = urls[object.remote] ?? ''
    return [{ path: object.path, md5: object.oid, size, step: plan.steps.get(id) ?? 'upload', remote }]
  })
}

/** Written only when the push is whole. */
function recordedFiles({ edits, push }: Outcome): string[] {
  return push === undefined || push.failed.size > 0 ? [] : edits.map(({ file }) => file)
}

export function md5s({ binding }: Pick<Outcome, 'binding'>): Record<string, string | undefined> {
  return Object.fromEntries(binding.outputs.map(({ path, oid }) => [path, oid]))
}

export function remoteUrls({ binding, past }: Pick<Outcome, 'binding' | 'past'>): Record<string, string> {
  const remotes = [...binding.remotes, ...(past?.binding.remotes ?? [])]
  return Object.fromEntries(remotes.map((remote) => [remote.name, remoteUrl(remote)]))
}

function storageUris({ published }: Outcome): Record<string, string> {
  return Object.fromEntries(published.map(({ plan }) => [plan.model, plan.uri]))
}

function formatSummary(outcome: Outcome): string {
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
  const others = uncommitted.filter((file) => !recorded.has(file))
  if (others.length === 0) return []
  const names = others.slice(0, ROWS).map(inlineCode).join(', ')
  return [`⚠️ In no commit as they are, so that nobody can pull what they name: ${names}. Commit them.`]
}

function recordedLine({ edits, dryRun, commit }: Outcome): string[] {
  if (commit !== undefined) return [committedLine(commit, dryRun)]
  const files = edits.map(({ file }) => inlineCode(file)).join(', ')
  if (files === '') return []
  return [dryRun ? `Would be recorded: ${files}` : `Recorded, and to be committed: ${files}`]
}

function committedLine({ label, url, landed }: CommitOutcome, dryRun: boolean): string {
  const files = landed.result.written.map(inlineCode).join(', ')
  const where = escapeMarkdown(label)
  const short = landed.commit.slice(0, 12)
  const name = url === undefined ? inlineCode(short) : `[${inlineCode(short)}](${url})`
  if (files === '') return `Nothing to commit: ${where} names this data already (${name})`
  return dryRun ? `Would be committed to ${where}: ${files}` : `Committed to ${where} as ${name}: ${files}`
}

function commitOutputs({
  commit,
}: Pick<Outcome, 'commit'>): Readonly<Record<string, OutputValue | undefined>> {
  if (commit === undefined) return {}
  const { landed, url } = commit
  return {
    'commit-sha': landed.commit,
    'commit-url': url,
    committed: landed.changed ? [...landed.result.written] : [],
  }
}

function commitValue({ commit }: Outcome): JsonValue {
  if (commit === undefined) return null
  const { label, url, landed } = commit
  const { changed, attempts, result } = landed
  return {
    branch: label,
    commit: landed.commit,
    url: url ?? null,
    changed,
    attempts,
    files: [...result.written],
    diff: result.diff,
  }
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

/** What of the history was looked at, as JSON; null where nobody asked. */
export function pastValue({ past, plan }: Pick<Outcome, 'past' | 'plan'>): JsonValue {
  if (past === undefined) return null
  return {
    commits: past.commits,
    objects: pastObjects(past, plan),
    unreadable: past.unreadable.map(({ commit, seen }) => ({ commit, seen })),
    'left-out': past.binding.leftOut.map(({ output, reason }) => ({ path: output.path, reason })),
  }
}

export function pastLines({ past, plan }: Pick<Outcome, 'past' | 'plan'>): string[] {
  if (past === undefined) return []
  const { commits, unreadable, binding } = past
  const read = `Other commits: ${formatCount(commits - unreadable.length, 'commit')} read, with ${formatCount(pastObjects(past, plan), 'object')} that this one does not name`
  const rows = unreadable
    .slice(0, ROWS)
    .map(({ commit, seen }) => `- ${inlineCode(commit.slice(0, 12))}: ${escapeMarkdown(seen)}`)
  const warning = `⚠️ What ${formatCount(unreadable.length, 'commit')} of the history name cannot be read, and is not among it:`
  return [
    binding.leftOut.length === 0 ? read : `${read}; ${binding.leftOut.length} outputs left out`,
    ...(rows.length === 0 ? [] : [[warning, '', ...rows].join('\n')]),
  ]
}

function pastObjects({ binding }: BoundPast, { objects }: Outcome['plan']): number {
  const sources = new Set(binding.outputs.map(({ source }) => source))
  return [...objects.values()].filter(({ source }) => sources.has(source)).length
}
