import type { JsonValue, OutputValue } from '@mlops-actions/diagnostics'
import { type Problem, remoteUrls } from '@mlops-actions/dvc'
import type { ActionResult } from '@mlops-actions/runner'
import { commitOutputs, commitValue } from './commit-report.ts'
import { type Outcome, tally } from './outcome.ts'
import { pastValue } from './past-report.ts'
import { formatSummary } from './summary.ts'

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
    files: outcome.files,
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
    files: outcome.files,
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
    problems: problemValues(problems),
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

export function problemValues(problems: readonly Problem[]): JsonValue[] {
  return problems.map(({ kind, path, source, oid, seen }) => ({ kind, path, source, md5: oid ?? null, seen }))
}

/** Every object that was sent: made once, since there may be a hundred thousand of them. */
export function sentFiles({ plan, push, ...outcome }: Outcome): readonly JsonValue[] {
  const urls = remoteUrls(outcome)
  const files: JsonValue[] = []
  for (const [id, size] of push?.sent ?? []) {
    const object = plan.objects.get(id)
    if (object === undefined) continue
    const remote = urls[object.remote] ?? ''
    files.push({ path: object.path, md5: object.oid, size, step: plan.steps.get(id) ?? 'upload', remote })
  }
  return files
}

/** Written only when the push is whole. */
function recordedFiles({ edits, push }: Outcome): string[] {
  return push === undefined || push.failed.size > 0 ? [] : edits.map(({ file }) => file)
}

export function md5s({ binding }: Pick<Outcome, 'binding'>): Record<string, string | undefined> {
  return Object.fromEntries(binding.outputs.map(({ path, oid }) => [path, oid]))
}

function storageUris({ published }: Outcome): Record<string, string> {
  return Object.fromEntries(published.map(({ plan }) => [plan.model, plan.uri]))
}
