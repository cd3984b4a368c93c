import { codeFence, escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import type { Branch, BumpResult, Proposed, Rehearsed } from '@mlops-actions/gitops'
import type { ActionResult } from '@mlops-actions/runner'
import { type Ask, FIELD_TITLES, reportResult } from './report.ts'

/** Outputs, summary, report and lineage of a proposal. Pure. */
export function reportProposal(
  ask: Ask,
  base: Pick<Branch, 'label' | 'commitUrl'>,
  proposed: Proposed<BumpResult>,
  mergeCommit: string | undefined,
): ActionResult {
  const { pullRequest, result } = proposed
  const { outputs, report, lineage } = reportResult(ask, base, proposed)
  // Where nothing had to be proposed, the branch has it, whoever merged it.
  const isMerged =
    mergeCommit !== undefined || (pullRequest === undefined && result.outcome === 'already-there')
  // What is only proposed does not stand on the branch because of anybody.
  const isFromThisRun = isMerged && result.fromThisRun
  const known = {
    'pr-number': pullRequest?.number,
    'pr-url': pullRequest?.url,
    merged: isMerged,
    'merge-commit-sha': mergeCommit,
  }
  return {
    outputs: { ...outputs, 'from-this-run': isFromThisRun, ...known },
    summary: formatSummary(base.label, proposed, mergeCommit),
    report: {
      ...Object(report),
      'from-this-run': isFromThisRun,
      'pull-request': { does: proposed.does, ...known },
    },
    lineage: { ...Object(lineage), ...known },
  }
}

/** The same of a dry run: what would be proposed, and by which pull request. Pure. */
export function reportRehearsal(
  ask: Ask,
  base: Pick<Branch, 'label' | 'commitUrl'>,
  rehearsed: Rehearsed<BumpResult>,
): ActionResult {
  const { pullRequest, would } = rehearsed
  const result = reportResult(ask, base, rehearsed)
  const known = { 'pr-number': pullRequest?.number, 'pr-url': pullRequest?.url, merged: false }
  return {
    ...result,
    outputs: { ...result.outputs, ...known },
    summary: `${result.summary}\n\n${wouldDo(rehearsed)}`,
    report: { ...Object(result.report), 'pull-request': { would, ...known } },
  }
}

function wouldDo({ would, pullRequest }: Rehearsed<BumpResult>): string {
  if (would === 'open') return 'A pull request would be opened for it.'
  if (pullRequest === undefined || would === 'nothing') return 'No pull request would be touched.'
  const what = {
    update: 'would be brought up to date',
    leave: 'proposes it already',
    close: 'would be closed: the branch has what it proposes, or something newer',
  }
  return `Pull request ${linkTo(pullRequest)} ${what[would]}.`
}

function linkTo({ number, url }: NonNullable<Proposed<BumpResult>['pullRequest']>): string {
  return `[#${number}](${encodeURI(url)})`
}

function formatSummary(
  label: string,
  proposed: Proposed<BumpResult>,
  mergeCommit: string | undefined,
): string {
  const { result } = proposed
  const rows = result.values.map(
    ({ field, before, after }) => `| ${FIELD_TITLES[field]} | ${cell(before)} | ${cell(after)} |`,
  )
  const diff = `<details><summary>The change</summary>\n\n${codeFence(result.diff, 'diff')}\n\n</details>`
  return [
    `## ${verdict(label, proposed, mergeCommit)}`,
    stateOf(proposed, mergeCommit),
    ['| | before | proposed |', '|:--|:--|:--|', ...rows].join('\n'),
    ...(result.diff === '' ? [] : [diff]),
  ].join('\n\n')
}

function verdict(
  label: string,
  { does, pullRequest, result }: Proposed<BumpResult>,
  mergeCommit: string | undefined,
): string {
  const on = escapeMarkdown(label)
  const name = escapeMarkdown(result.values[0]?.name ?? '')
  const what = [...new Set(result.values.map(({ field }) => FIELD_TITLES[field]))].join(' and ')
  if (pullRequest === undefined) {
    if (result.outcome !== 'already-there') return `⏭️ ${name} was left alone: ${on} has moved on`
    const closed = does === 'close' ? '; the open pull request was closed' : ''
    return `✅ Nothing to do: ${name} has this ${what} on ${on} already${closed}`
  }
  const link = linkTo(pullRequest)
  if (mergeCommit !== undefined) return `✅ ${name} has its new ${what} on ${on}, by pull request ${link}`
  const verb = does === 'leave' ? 'proposes already' : 'proposes'
  return `📬 Pull request ${link} ${verb} another ${what} of ${name} for ${on}`
}

function stateOf({ commit, changed, does }: Proposed<BumpResult>, mergeCommit: string | undefined): string {
  if (mergeCommit !== undefined) return `Merged as ${inlineCode(mergeCommit.slice(0, 12))}.`
  if (does === 'nothing' || does === 'close') return `Head of the branch: ${inlineCode(commit.slice(0, 12))}.`
  const made = changed ? 'Commit' : 'It has commit'
  return `${made} ${inlineCode(commit.slice(0, 12))}${changed ? ' is its head' : ' already'}. It is not merged yet: nothing is deployed by it so far.`
}

function cell(value: string | undefined): string {
  if (value === undefined) return 'not known'
  return value === '' ? 'nothing' : inlineCode(value)
}
