import { escapeMarkdown, inlineCode } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Findings } from './findings.ts'
import type { Inputs } from './inputs.ts'
import { formatMs } from './objectives.ts'

/** The job summary of a good end: verdict, how we know, figures. Pure. */
export function successSummary(inputs: Inputs, findings: Findings, now: number): string {
  const { proof, unproven } = findings
  const { name } = inputs
  const verdict =
    proof === undefined
      ? `## ⚠️ ${escapeMarkdown(name)} is healthy, but which version serves is not proven`
      : `## ✅ ${escapeMarkdown(name)}: the expected version serves all requests`
  const why =
    proof === undefined
      ? `**Rollout not proven:** ${escapeMarkdown(unproven ?? '')}. An older version may be what answers.`
      : `**How we know it is the new one:** ${proofSentence(findings)}`
  return [
    verdict,
    `Checked in **${formatDuration(now - findings.started)}**. ${proof === undefined ? '' : 'Nothing to do.'}`.trim(),
    '',
    versionTable(inputs, findings),
    '',
    why,
    '',
    ...latencyLines(findings),
    timeline(findings),
    '',
  ].join('\n')
}

function proofSentence({ proof, load, oldPods, compared }: Findings): string {
  const pods = proof?.pods ?? []
  const restarts = pods.reduce((sum, pod) => sum + pod.restarts, 0)
  const facts = [
    'the InferenceService asks for it',
    `${inlineCode(proof?.deployment ?? '')} has rolled out`,
    `${pods.length} of ${pods.length} ready pods are new, ${oldPods ?? 0} old, ${restarts} restarts`,
    ...(load === undefined
      ? []
      : [
          `${load.requests - load.errors} of ${load.requests} requests answered${compared ? ' as expected' : ''}`,
        ]),
    'seen twice',
  ]
  return facts.join(' → ')
}

/** What was wanted, and what was seen of it. */
export function versionTable(
  inputs: Inputs,
  { serving, proof, readyStatus, oldPods, readyPods }: Findings,
): string {
  const images = proof === undefined ? serving.map(({ image }) => image) : [proof.image]
  const models =
    proof === undefined ? serving.map(({ storageUri }) => storageUri ?? '') : [proof.storageUri ?? '']
  const rows: string[][] = []
  if (inputs.expectedImage !== undefined)
    rows.push(['image', inputs.expectedImage, ...seenOf(images, inputs.expectedImage)])
  if (inputs.expectedStorageUri !== undefined) {
    rows.push(['model', inputs.expectedStorageUri, ...seenOf(models, inputs.expectedStorageUri)])
  }
  const lines = rows.map(
    ([what = '', wanted = '', seen = '']) => `| ${what} | ${inlineCode(wanted)} | ${seen} |`,
  )
  if (readyPods !== undefined)
    lines.push(
      `| ready pods | new | ${readyPods} new, ${oldPods ?? 0} old ${mark(readyPods > 0 && oldPods === 0)} |`,
    )
  if (readyStatus !== undefined) lines.push(`| model ready | HTTP 200 | HTTP ${readyStatus} ✅ |`)
  return ['| | wanted | seen |', '|:--|:--|:--|', ...lines].join('\n')
}

function seenOf(values: readonly string[], wanted: string): string[] {
  const different = [...new Set(values.filter((value) => value !== ''))]
  if (different.length === 0) return ['nothing that serves']
  return [`${different.map(inlineCode).join(', ')} ${mark(different.every((value) => value === wanted))}`]
}

function mark(good: boolean): string {
  return good ? '✅' : '❌'
}

/** The figures of the probes as a table; nothing where nothing was measured. */
export function latencyLines({ load, smoke }: Findings): readonly string[] {
  if (load === undefined)
    return ['No inference request was given, so neither answers nor latency were checked.', '']
  const { figures, requests, errors, successAtLeast } = load
  const ms = (value: number | undefined) => (value === undefined ? 'too few requests' : formatMs(value))
  return [
    '| p50 | p95 | p99 | first answer | requests | errors |',
    '|--:|--:|--:|--:|--:|--:|',
    `| ${ms(figures.p50)} | ${ms(figures.p95)} | ${ms(figures.p99)} | ${ms(smoke?.ms)} | ${requests} | ${errors} |`,
    '',
    `That many requests promise a success rate of at least ${(successAtLeast * 100).toFixed(1)} % (95 % confidence).`,
    '',
  ]
}

/** A mermaid gantt of the phases, folded. */
export function timeline({ phases, started }: Findings): string {
  const bars = phases.map(({ name, from, to }) => {
    return `  ${name} :${Math.max(0, from - started)}, ${Math.max(1, to - started)}`
  })
  return [
    '<details><summary>Timeline</summary>',
    '',
    '```mermaid',
    'gantt',
    '  dateFormat x',
    '  axisFormat %M:%S',
    ...bars,
    '```',
    '</details>',
  ].join('\n')
}
