import { codeFence, escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import type { Branch, BumpedValue, BumpResult, Landed } from '@mlops-actions/gitops'
import type { ActionResult } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

type Target = Pick<Branch, 'label' | 'commitUrl'>
type Ask = Pick<Inputs, 'mode' | 'dryRun' | 'file'>

const TITLES = {
  image: 'image',
  'storage-uri': 'storage URI',
  annotation: 'annotation',
  env: 'variable',
  value: 'value',
} as const satisfies Record<BumpedValue['field'], string>

/** Outputs, summary, report and lineage of what happened. Pure. */
export function reportResult(ask: Ask, branch: Target, landed: Landed<BumpResult>): ActionResult {
  const { changed, commit, attempts, result } = landed
  const commitUrl = branch.commitUrl(commit)
  const files = changed ? [ask.file] : []
  const values = valueOutputs(result)
  const fromThisRun = !ask.dryRun && result.fromThisRun
  return {
    outputs: {
      changed,
      'from-this-run': fromThisRun,
      'commit-sha': commit,
      'commit-url': commitUrl,
      ...values,
      files,
      diff: result.diff,
      attempts,
    },
    summary: formatSummary(ask, branch, landed),
    report: {
      outcome: ask.dryRun && result.outcome === 'changed' ? 'would-change' : result.outcome,
      mode: ask.mode,
      'from-this-run': fromThisRun,
      branch: branch.label,
      commit,
      'commit-url': commitUrl,
      attempts,
      file: ask.file,
      values: result.values.map(({ field, path, line, before, after }) => ({
        field,
        path,
        line,
        before: before ?? null,
        after,
      })),
    },
    lineage: { branch: branch.label, file: ask.file, commit, changed, ...values },
  }
}

/** What stands now and what it replaced, for the fields that this step was about. What is not known is not there. */
function valueOutputs({ values, outcome }: BumpResult): Record<string, string> {
  const outputs = values.flatMap(({ field, before, after }): [string, string | undefined][] =>
    outcome === 'superseded'
      ? [[`new-${field}`, before]]
      : [
          [`previous-${field}`, before],
          [`new-${field}`, after],
        ],
  )
  return Object.fromEntries(
    outputs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}

function formatSummary(ask: Ask, branch: Target, landed: Landed<BumpResult>): string {
  const { result } = landed
  return [
    `## ${verdict(ask, branch, landed)}`,
    where(ask, branch, landed),
    table(result),
    ...(result.diff === '' ? [] : [details('The change', codeFence(result.diff, 'diff'))]),
    ...(landed.changed && ask.mode === 'bump' ? [undo(landed.commit)] : []),
  ].join('\n\n')
}

function verdict({ mode, dryRun }: Ask, { label }: Target, { result }: Landed<BumpResult>): string {
  const on = escapeMarkdown(label)
  const name = escapeMarkdown(result.values[0]?.name ?? '')
  const what = result.values.map(({ field }) => TITLES[field]).join(' and ')
  if (result.outcome === 'superseded')
    return `⏭️ ${name} was not rolled back: ${on} has moved on to another ${what}`
  if (result.outcome === 'already-there') return `✅ Nothing to do: ${name} has this ${what} on ${on} already`
  if (dryRun) return `🔎 Dry run: ${name} would get another ${what} on ${on}`
  return mode === 'rollback'
    ? `✅ ${name} has its previous ${what} back on ${on}`
    : `✅ ${name} has its new ${what} on ${on}`
}

function where({ file }: Ask, branch: Target, { changed, commit, attempts }: Landed<BumpResult>): string {
  const url = branch.commitUrl(commit)
  const short = commit.slice(0, 12)
  const link = url === undefined ? inlineCode(short) : `[${inlineCode(short)}](${url})`
  const tries = attempts > 1 ? ` It landed at try ${attempts}.` : ''
  return changed
    ? `Commit ${link} changes ${inlineCode(file)}.${tries}`
    : `Head of the branch: ${link}. Nothing was committed.`
}

function table({ values, outcome }: BumpResult): string {
  const [left, right] = outcome === 'superseded' ? ['stands', 'to go back to'] : ['before', 'now']
  const rows = values.map(
    ({ field, before, after }: BumpedValue) => `| ${TITLES[field]} | ${cell(before)} | ${cell(after)} |`,
  )
  return [`| | ${left} | ${right} |`, '|:--|:--|:--|', ...rows].join('\n')
}

function cell(value: string | undefined): string {
  if (value === undefined) return 'not known'
  return value === '' ? 'nothing' : inlineCode(value)
}

function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
}

function undo(commit: string): string {
  return `**Undo:** the same step with \`mode: rollback\` and \`rollback-of: ${commit}\` (without \`image\` and \`storage-uri\`).`
}
