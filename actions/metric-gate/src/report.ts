import { inlineCode } from '@mlops-actions/diagnostics'
import type { GateVerdict, Metrics } from '@mlops-actions/gates'

/** The verdict first, then every gate with what was seen, then all metrics folded. */
export function reportGates(verdicts: readonly GateVerdict[], metrics: Metrics): string {
  const failed = verdicts.filter(({ passed }) => !passed).length
  return [heading(failed, verdicts.length), '', ...gateTable(verdicts), ...metricTable(metrics)].join('\n')
}

function heading(failed: number, all: number): string {
  if (all === 0) return '## ✅ Metrics read, no gate asked for'
  if (failed === 0) return all === 1 ? '## ✅ The gate passed' : `## ✅ All ${all} gates passed`
  return `## ❌ ${failed} of ${all} gates did not pass: nothing was deployed`
}

function gateTable(verdicts: readonly GateVerdict[]): string[] {
  if (verdicts.length === 0) return []
  const rows = verdicts.map(
    ({ gate, passed, seen }) =>
      `| ${inlineCode(gate.source)} | ${inlineCode(seen)} | ${passed ? '✅' : '❌'} |`,
  )
  return ['| gate | seen | |', '|:--|:--|:--|', ...rows, '']
}

function metricTable(metrics: Metrics): string[] {
  const rows = Object.entries(metrics).map(
    ([name, value]) => `| ${inlineCode(name)} | ${inlineCode(String(value))} |`,
  )
  return [
    '<details><summary>All metrics</summary>',
    '',
    '| metric | value |',
    '|:--|--:|',
    ...rows,
    '',
    '</details>',
    '',
  ]
}
