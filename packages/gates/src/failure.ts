import { Failure } from '@mlops-actions/diagnostics'
import type { GateVerdict } from './evaluate.ts'

/** How a step ends of which at least one gate did not pass: every such gate with what was seen. */
export function gateFailure(verdicts: readonly GateVerdict[]): Failure {
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
  })
}
