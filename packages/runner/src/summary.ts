import { appendFileSync } from 'node:fs'
import {
  escapeMarkdown,
  type Failure,
  failureMarkdown,
  inlineCode,
  type Redactor,
} from '@mlops-actions/diagnostics'
import { formatCount } from '@mlops-actions/text'

/** The runner drops the whole summary of a step above 1 MiB. */
const SUMMARY_LIMIT = 1024 * 1024

/**
 * Appends Markdown to the job summary, if the runner keeps one; too long a text is cut and says so. At once, not in a
 * while as `core.summary` does: a step that ends by an error which nobody waited for has no while.
 */
export function writeSummary(markdown: string, redactor: Redactor): void {
  const file = process.env['GITHUB_STEP_SUMMARY'] ?? ''
  if (markdown === '' || file === '') return
  appendFileSync(file, `${fitMarkdown(redactor.redact(markdown))}\n`)
}

/** Said below the verdict: at the end it could stand inside of a block that was cut. */
function fitMarkdown(markdown: string): string {
  const bytes = Buffer.from(markdown)
  if (bytes.length < SUMMARY_LIMIT) return markdown
  const kept = bytes.subarray(0, SUMMARY_LIMIT - 256).toString('utf8')
  const [verdict = '', ...rest] = kept.slice(0, kept.lastIndexOf('\n')).split('\n')
  const notice = `> This summary was ${formatCount(bytes.length, 'byte')} long and is cut; GitHub shows no more than 1 MiB of a step.`
  return [verdict, '', notice, ...rest].join('\n')
}

/** What a failed step shows when the action has nothing better: verdict, reason, next step, identity. */
export function failureSummary(action: string, failure: Failure): string {
  const { what, kind, code } = failure.details
  return [
    `## ❌ ${escapeMarkdown(action)}: ${escapeMarkdown(what)}`,
    '',
    ...failureMarkdown(failure.details),
    '| kind | code | run it again unchanged? |',
    '|:--|:--|:--|',
    `| ${inlineCode(kind)} | ${inlineCode(code)} | ${failure.retryable ? 'yes, it may pass' : 'no, it would fail again'} |`,
    '',
  ].join('\n')
}
