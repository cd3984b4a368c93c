import { Failure } from '@mlops-actions/diagnostics'
import { evaluateGates, type GateVerdict, type Metrics, parseGates } from '@mlops-actions/gates'
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
  throw gateFailure(verdicts, result)
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

function gateFailure(verdicts: readonly GateVerdict[], { outputs, report, summary }: ActionResult): Failure {
  const failed = verdicts.filter(({ passed }) => !passed)
  return new Failure({
    kind: 'gate',
    code: 'GATE_FAILED',
    what:
      failed.length === 1
        ? 'The gate did not pass'
        : `${failed.length} of ${verdicts.length} gates did not pass`,
    on: failed.map(({ gate }) => gate.source).join('\n'),
    seen: failed.map(({ seen }) => seen).join('\n'),
    next: 'Nothing was deployed. Look at the data and the training, or at the gate',
    outputs,
    summary,
    ...(report === undefined ? {} : { report }),
  })
}
