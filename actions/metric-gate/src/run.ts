import { withDetails } from '@mlops-actions/diagnostics'
import { evaluateGates, type GateVerdict, gateFailure, type Metrics, parseGates } from '@mlops-actions/gates'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { readMetrics } from './metrics.ts'
import { reportGates } from './report.ts'

/** Reads the metrics, judges every gate, and fails when one did not pass. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const folder = world.context.workspace
  const gates = parseGates(inputs.gate)
  const metrics = await readMetrics(inputs.metrics, { name: 'metrics', folder })
  const champion =
    inputs.champion === undefined
      ? undefined
      : await readMetrics(inputs.champion, { name: 'champion', folder })
  const verdicts = evaluateGates(gates, { metrics, champion })
  const result = { ...describe(metrics, champion, verdicts), summary: reportGates(verdicts, metrics) }
  if (verdicts.every(({ passed }) => passed)) return result
  const { outputs, report, summary } = result
  throw withDetails(gateFailure(verdicts, metrics), { outputs, report, summary })
}

function describe(metrics: Metrics, champion: Metrics | undefined, verdicts: readonly GateVerdict[]) {
  const gates = verdicts.map(({ gate, passed, seen }) => ({ gate: gate.source, passed, seen }))
  const passed = verdicts.every((verdict) => verdict.passed)
  return {
    outputs: { metrics, passed, gates },
    report: { metrics, champion: champion ?? null, gates },
    lineage: { metrics, gates },
  }
}
