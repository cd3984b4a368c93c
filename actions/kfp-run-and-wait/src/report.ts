import {
  adviceMarkdown,
  codeFence,
  escapeMarkdown,
  type Failure,
  inlineCode,
} from '@mlops-actions/diagnostics'
import type { GateVerdict, Metrics } from '@mlops-actions/gates'
import type { Ended, Task } from '@mlops-actions/kfp'
import { formatDuration } from '@mlops-actions/text'

export interface RunReport {
  readonly pipeline: string
  readonly runId: string
  readonly url: string
  readonly outcome: Ended['outcome'] | 'given up'
  readonly created: boolean
  /** Milliseconds that this step has waited. */
  readonly waited: number
  readonly tasks: readonly Task[]
  readonly metrics: Metrics
  /** Where the metrics were read. */
  readonly source: string
  readonly champion: { readonly metrics: Metrics | undefined; readonly name: string | undefined }
  readonly verdicts: readonly GateVerdict[]
  readonly artifacts: Readonly<Record<string, string>>
  readonly downloaded: readonly string[]
  readonly failure: Failure | undefined
  /** Why metrics and artifacts could not be read; undefined where they were. */
  readonly unread: string | undefined
  readonly log: string
}

/** The verdict first, then why and what to do, then metrics and gates, then the tasks as a picture, then details folded. */
export function reportRun(report: RunReport): string {
  return [
    `## ${heading(report)}`,
    '',
    ...reason(report),
    ...unreadNote(report),
    ...metricTable(report),
    ...gantt(report.tasks),
    ...taskTable(report.tasks),
    ...artifactList(report),
    ...logTail(report.log),
  ].join('\n')
}

function heading({ pipeline, outcome, verdicts, failure }: RunReport): string {
  const name = escapeMarkdown(pipeline)
  const failed = verdicts.filter(({ passed }) => !passed).length
  if (outcome === 'succeeded' && failed > 0)
    return `❌ ${name} trained, and ${failed} of ${verdicts.length} gates did not pass: nothing was deployed`
  if (outcome === 'succeeded' && failure !== undefined)
    return `❌ ${name} trained: ${escapeMarkdown(failure.details.what)}`
  if (outcome === 'succeeded') {
    if (verdicts.length === 0) return `✅ ${name} trained`
    return `✅ ${name} trained and passed ${verdicts.length === 1 ? 'its gate' : `all ${verdicts.length} gates`}`
  }
  if (outcome === 'terminated') return `❌ ${name} was terminated: nothing was deployed`
  return `❌ ${name}: ${escapeMarkdown(failure?.details.what ?? 'the run failed')}`
}

function reason({ failure, url, runId, created, waited }: RunReport): string[] {
  const how = created ? 'created' : 'found from an earlier attempt'
  const run = `Run [${inlineCode(runId)}](${encodeURI(url)}), ${how}; waited **${formatDuration(waited)}**.`
  if (failure === undefined) return [run, '']
  const lines = (text: string) => text.split('\n').slice(0, 20).map(escapeMarkdown).join('<br>')
  return [
    `**Why:** ${lines(failure.details.seen)}`,
    '',
    `**Do this:** ${adviceMarkdown(failure.details.next)}`,
    '',
    run,
    '',
  ]
}

function unreadNote({ unread, failure }: RunReport): string[] {
  if (unread === undefined || failure !== undefined) return []
  return [`⚠️ Metrics and artifacts could not be read: ${escapeMarkdown(unread)}.`, '']
}

function metricTable({ metrics, champion, verdicts, source }: RunReport): string[] {
  const names = Object.keys(metrics)
  if (names.length === 0 && verdicts.length === 0) return []
  const theirs = champion.metrics ?? {}
  const rows = names.slice(0, 100).map((name) => {
    const gates = verdicts.filter(({ gate }) =>
      [...gate.left, ...gate.right].some(({ operand }) => operand.kind === 'metric' && operand.name === name),
    )
    return `| ${inlineCode(name)} | ${cell(theirs[name])} | **${cell(metrics[name])}** | ${gates.map(verdictCell).join('<br>')} |`
  })
  const missing = verdicts.filter(
    ({ gate, passed }) => !passed && !names.some((name) => gate.source.includes(name)),
  )
  const champions = escapeMarkdown(champion.name ?? 'champion')
  return [
    `| metric | ${champions} | this run | gate |`,
    '|:--|--:|--:|:--|',
    ...rows,
    ...missing.map((verdict) => `|  |  |  | ${verdictCell(verdict)} |`),
    '',
    ...(names.length > 100 ? [`${names.length - 100} more metrics stand in the report.`, ''] : []),
    ...(source === 'none' ? ['KFP has no metrics of this run.', ''] : []),
  ]
}

function verdictCell({ gate, passed, seen }: GateVerdict): string {
  return `${passed ? '✅' : '❌'} ${inlineCode(gate.source)} (${escapeMarkdown(seen)})`
}

function cell(value: number | undefined): string {
  return value === undefined ? '' : escapeMarkdown(String(value))
}

const MOST_TASKS = 60

/** Mermaid takes colons, commas, semicolons and # for syntax, so only plain words get in. */
function gantt(tasks: readonly Task[]): string[] {
  const timed = tasks.filter(({ startedAt }) => startedAt !== undefined).slice(0, MOST_TASKS)
  if (timed.length === 0) return []
  const latest = Math.max(...timed.map(({ startedAt = 0, finishedAt = startedAt }) => finishedAt))
  const lines = timed.map(({ name, state, startedAt = 0, finishedAt }) => {
    const word = name.replace(/[^\w/ -]/g, '_').slice(0, 60) || 'task'
    const took = Math.max(0, (finishedAt ?? latest) - startedAt)
    const isBroken = /^(failed|error)$/i.test(state)
    const tags = [
      // A bar without length is not drawn; the times of Argo are whole seconds.
      ...(took === 0 ? ['milestone'] : []),
      ...(isBroken ? ['crit'] : finishedAt === undefined ? ['active'] : []),
    ]
    return `  ${word} :${[...tags, startedAt, `${took}ms`].join(', ')}`
  })
  return ['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %H:%M:%S', ...lines, '```', '']
}

function taskTable(tasks: readonly Task[]): string[] {
  if (tasks.length === 0) return []
  const rows = tasks.slice(0, MOST_TASKS).map(({ name, state, message, startedAt, finishedAt }) => {
    const took =
      startedAt === undefined || finishedAt === undefined ? '' : formatDuration(finishedAt - startedAt)
    return `| ${inlineCode(name)} | ${escapeMarkdown(state)} | ${took} | ${escapeMarkdown(message)} |`
  })
  const more = tasks.length > MOST_TASKS ? ['', `${tasks.length - MOST_TASKS} more tasks.`] : []
  return ['| task | state | took | |', '|:--|:--|--:|:--|', ...rows, ...more, '']
}

function artifactList({ artifacts, downloaded }: RunReport): string[] {
  const uris = Object.entries(artifacts).map(([name, uri]) => `| ${inlineCode(name)} | ${inlineCode(uri)} |`)
  if (uris.length === 0) return []
  const files =
    downloaded.length === 0 ? [] : ['', `Downloaded: ${downloaded.slice(0, 50).map(inlineCode).join(', ')}`]
  return [
    '<details><summary>Artifacts</summary>',
    '',
    '| artifact | URI |',
    '|:--|:--|',
    ...uris.slice(0, 100),
    ...files,
    '',
    '</details>',
    '',
  ]
}

function logTail(log: string): string[] {
  if (log === '') return []
  return [
    '<details><summary>Last lines of the failed task</summary>',
    '',
    codeFence(log, 'text', { maxLines: 40, maxLineLength: 500 }),
    '',
    '</details>',
    '',
  ]
}
