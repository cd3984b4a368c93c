import { codeFence, escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import type { Branch, BumpedValue, BumpResult, Landed } from '@mlops-actions/gitops'
import type { ActionResult } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

type Target = Pick<Branch, 'label' | 'commitUrl'>
export type Ask = Pick<Inputs, 'mode' | 'dryRun'>

/** What people call a field. */
export const FIELD_TITLES = {
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
  const files = changed ? result.files : []
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
      files: filesOf(result),
      values: result.values.map(({ file, target, field, path, line, before, after }) => ({
        file,
        target,
        field,
        path,
        line,
        before: before ?? null,
        after,
      })),
    },
    lineage: { branch: branch.label, files: filesOf(result), commit, changed, ...values },
  }
}

/** Those that the values stand in, changed or not. */
function filesOf({ values }: BumpResult): string[] {
  return [...new Set(values.map(({ file }) => file))]
}

/**
 * What stands now and what it replaced, for a field of which this step was about one value. What is not known is not
 * there.
 */
function valueOutputs({ values, outcome }: BumpResult): Record<string, string> {
  const fields = ['image', 'storage-uri'] as const
  const single = fields.flatMap((field) => {
    const [value, ...more] = values.filter((candidate) => candidate.field === field)
    return value === undefined || more.length > 0 ? [] : [value]
  })
  const outputs = single.flatMap(({ field, before, after }): [string, string | undefined][] =>
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
    where(branch, landed),
    table(ask, result),
    ...(result.diff === '' ? [] : [details('The change', codeFence(result.diff, 'diff'))]),
    ...(landed.changed && ask.mode === 'bump' ? [undo(landed.commit)] : []),
  ].join('\n\n')
}

function verdict({ mode, dryRun }: Ask, { label }: Target, { result }: Landed<BumpResult>): string {
  const on = escapeMarkdown(label)
  const name = escapeMarkdown(joined(result.values.map((value) => value.name)))
  const has = new Set(result.values.map((value) => value.name)).size > 1 ? 'have' : 'has'
  const what = joined(result.values.map(({ field }) => FIELD_TITLES[field]))
  if (result.outcome === 'superseded')
    return mode === 'rollback'
      ? `⏭️ ${name} was not rolled back: ${on} has moved on to another ${what}`
      : `⏭️ ${name} was left alone: ${on} has a newer ${what}`
  if (result.outcome === 'already-there')
    return `✅ Nothing to do: ${name} ${has} this ${what} on ${on} already`
  if (dryRun) return `🔎 Dry run: ${name} would get another ${what} on ${on}`
  return mode === 'rollback'
    ? `✅ ${name} ${has} its previous ${what} back on ${on}`
    : `✅ ${name} ${has} its new ${what} on ${on}`
}

/** Each once: `a`, `a and b`, `a, b and c`, `a, b and 3 more`. */
function joined(words: readonly string[]): string {
  const distinct = [...new Set(words)].filter((word) => word !== '')
  const shown = distinct.length > 3 ? [...distinct.slice(0, 2), `${distinct.length - 2} more`] : distinct
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

function where(branch: Target, { changed, commit, attempts, result }: Landed<BumpResult>): string {
  const url = branch.commitUrl(commit)
  const short = commit.slice(0, 12)
  const link = url === undefined ? inlineCode(short) : `[${inlineCode(short)}](${url})`
  const tries = attempts > 1 ? ` It landed at try ${attempts}.` : ''
  const files =
    result.files.length > 3 ? `${result.files.length} files` : joined(result.files.map(inlineCode))
  return changed
    ? `Commit ${link} changes ${files}.${tries}`
    : `Head of the branch: ${link}. Nothing was committed.`
}

function table({ mode }: Ask, { values, outcome }: BumpResult): string {
  const wanted = mode === 'rollback' ? 'to go back to' : 'wanted'
  const [left, right] = outcome === 'superseded' ? ['stands', wanted] : ['before', 'now']
  const rows = values.map(
    (value: BumpedValue) => `| ${rowTitle(value, values)} | ${cell(value.before)} | ${cell(value.after)} |`,
  )
  return [`| | ${left} | ${right} |`, '|:--|:--|:--|', ...rows].join('\n')
}

/** The field alone, where it says which value is meant. */
function rowTitle({ file, field, path, line }: BumpedValue, values: readonly BumpedValue[]): string {
  const isModel = field === 'image' || field === 'storage-uri'
  const isOnly = values.filter((value) => value.field === field).length === 1
  return isModel && isOnly
    ? FIELD_TITLES[field]
    : `${FIELD_TITLES[field]} ${inlineCode(`${file}:${line} ${path}`)}`
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
