import type { StepResult } from '@mlops-actions/workflow-runner'
import { at } from './cluster.ts'

/** One line of the timeline. */
export interface Entry {
  /** Milliseconds since the run began. */
  readonly startedMs: number
  readonly tookMs: number
  readonly label: string
  readonly text: string
  readonly failed: boolean
}

/** What a step of ours is called in the timeline, by its id in the reusable workflows. */
const STEPS: Readonly<Record<string, { label: string; say: (step: StepResult) => string }>> = {
  data: { label: 'data', say: sayPushed },
  kfp: { label: 'train', say: sayTrained },
  gate: { label: 'gate', say: sayGates },
  model: { label: 'model', say: sayPushed },
  image: { label: 'image', say: sayImage },
  bump: { label: 'bump', say: sayBumped },
  sync: { label: 'sync', say: saySynced },
  health: { label: 'serve', say: sayHealthy },
  rollback: { label: 'rollback', say: sayBumped },
  resync: { label: 'resync', say: saySynced },
  restored: { label: 'restored', say: sayHealthy },
  report: { label: 'report', say: sayReport },
}

/** The line of a finished step, or undefined for one that is not shown: skipped, or not one of ours. */
export function describeStep(step: StepResult): Entry | undefined {
  const known = STEPS[step.id]
  if (known === undefined || isNoNews(step)) return undefined
  const failed = step.conclusion !== 'success'
  const text = failed ? reasonOf(step) : known.say(step)
  return { startedMs: step.startedMs, tookMs: step.durationMs, label: known.label, text, failed }
}

/** Skipped, or broken off by Ctrl-C: neither says anything about the product. */
function isNoNews({ conclusion }: StepResult): boolean {
  return conclusion === 'skipped' || conclusion === 'cancelled'
}

/** The checks are one line: what passed, or what did not. */
export function describeChecks(steps: readonly StepResult[]): Entry | undefined {
  const shown = steps.filter(({ name }) => ['Lint', 'Test', 'Scan'].includes(name))
  const run = shown.filter((step) => !isNoNews(step))
  const [first] = steps
  if (first === undefined || run.length === 0) return undefined
  const tests = /Ran (\d+) tests?|(\d+) passed/.exec(run.flatMap(({ log }) => log).join('\n'))
  const parts = run.map(({ name, conclusion }) => {
    const what = name === 'Test' && tests !== null ? `${tests[1] ?? tests[2]} tests` : name.toLowerCase()
    return `${what} ${conclusion === 'success' ? 'ok' : 'failed'}`
  })
  const tookMs = steps.reduce((sum, { durationMs }) => sum + durationMs, 0)
  const failed = run.some(({ conclusion }) => conclusion !== 'success')
  return { startedMs: first.startedMs, tookMs, label: 'checks', text: parts.join(', '), failed }
}

/** Why a step failed, in its own words: what its annotation says was seen. */
export function reasonOf({ annotations, conclusion }: StepResult): string {
  const message = annotations.find(({ level }) => level === 'error')?.message
  if (message === undefined) return conclusion
  const [, seen] = /^Seen: ([\s\S]*?)(?:\nDo: |$(?![\s\S]))/m.exec(message) ?? []
  return (seen ?? message)
    .replace(/: back-off \S+ restarting failed container=\S+ pod=\S+/, '')
    .replaceAll('\n', ', ')
}

function sayPushed({ outputs }: StepResult): string {
  const sent = Number(outputs['uploaded'] ?? 0)
  const there = Number(outputs['skipped'] ?? 0)
  const uri = outputs['storage-uri'] ?? ''
  const published = uri === '' ? '' : `, published as ${shortUri(uri)}`
  return `${sent} ${sent === 1 ? 'object' : 'objects'} sent, ${there} already there${published}`
}

function sayTrained({ outputs }: StepResult): string {
  const run = `run ${(outputs['run-id'] ?? '').slice(0, 8)}`
  const gates = gatesOf(outputs)
  const last = gates.at(-1)
  if (last === undefined) return `${run} succeeded, without a gate`
  return `${run}, ${gates.length === 1 ? 'gate' : `${gates.length} gates`} passed: ${last}`
}

function sayGates({ outputs }: StepResult): string {
  const gates = gatesOf(outputs)
  return gates.length === 0 ? 'metrics read, without a gate' : `passed: ${gates.join(', ')}`
}

/** `accuracy 0.88 >= champion 0.853 - 0.005`, one for each gate. */
function gatesOf(outputs: StepResult['outputs']): readonly string[] {
  const gates: readonly { readonly gate: string; readonly seen: string }[] = JSON.parse(
    outputs['gates'] || '[]',
  )
  return gates.map(({ gate, seen }) => {
    const [metric = ''] = gate.split(' ')
    return `${metric} ${seen.replace(/(\.\d{3})\d+/g, '$1')}`
  })
}

function sayImage({ outputs }: StepResult): string {
  const digest = shortDigest(outputs['digest'] ?? '')
  return outputs['changed'] === 'false' ? `${digest} is there already` : `${digest} built and pushed`
}

function sayBumped({ outputs }: StepResult): string {
  const pairs = ['image', 'storage-uri'].filter(
    (name) => outputs[`previous-${name}`] !== outputs[`new-${name}`],
  )
  const commit = (outputs['commit-sha'] ?? '').slice(0, 7)
  if (outputs['changed'] !== 'true') return `nothing to change, ${commit} is on main`
  return `${pairs.length} ${pairs.length === 1 ? 'value' : 'values'}, commit ${commit} is on gitops/main`
}

function saySynced({ outputs }: StepResult): string {
  return `${(outputs['revision'] ?? '').slice(0, 7)} is ${outputs['sync-status']} and ${outputs['health-status']}`
}

function sayHealthy({ outputs }: StepResult): string {
  const pods = `${outputs['ready-pods']} ready, ${outputs['old-pods']} old`
  const requests = Number(outputs['requests'] ?? 0)
  if (requests === 0) return `proven on its pods: ${pods}`
  const good = requests - Number(outputs['errors'] ?? 0)
  const p95 = outputs['p95-ms'] ? `, p95 ${Math.round(Number(outputs['p95-ms']))} ms` : ''
  const answered = isCompared(outputs) ? 'answers right' : 'requests answered'
  return `pods: ${pods}; ${good} of ${requests} ${answered}${p95}`
}

/** Whether the answers were held against expected ones; otherwise any answer was good enough. */
function isCompared(outputs: StepResult['outputs']): boolean {
  return at(JSON.parse(outputs['report'] || '{}'), 'answer', 'compared') === true
}

/** The sentence that also goes to Slack, without its link. */
function sayReport({ outputs }: StepResult): string {
  return (outputs['text'] ?? '').replace(/ https?:\/\/\S+$/, '')
}

export function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:[0-9a-f]{6})[0-9a-f]*$/, '$1')
}

/** `s3://ml-prod/published/churn/0d83c2…/` -> `churn/0d83c2/`. */
export function shortUri(uri: string): string {
  const [model = '', md5 = ''] = uri.replace(/\/$/, '').split('/').slice(-2)
  return `${model}/${md5.slice(0, 6)}/`
}
