import { escapeMarkdown, inlineCode, type JsonValue, type OutputValue } from '@mlops-actions/diagnostics'
import type { CommitOutcome } from './commit.ts'
import type { Outcome } from './outcome.ts'

/** A line of Markdown: which commit names the data now. */
export function committedLine({ label, url, landed }: CommitOutcome, dryRun: boolean): string {
  const files = landed.result.written.map(inlineCode).join(', ')
  const where = escapeMarkdown(label)
  const short = landed.commit.slice(0, 12)
  const name = url === undefined ? inlineCode(short) : `[${inlineCode(short)}](${url})`
  if (files === '') return `Nothing to commit: ${where} names this data already (${name})`
  return dryRun ? `Would be committed to ${where}: ${files}` : `Committed to ${where} as ${name}: ${files}`
}

export function commitOutputs({
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

export function commitValue({ commit }: Outcome): JsonValue {
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
