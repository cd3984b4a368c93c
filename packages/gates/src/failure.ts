import { Failure } from '@mlops-actions/diagnostics'
import type { GateVerdict, Metrics } from './evaluate.ts'

/** Names of metrics that a sentence holds. */
const MOST_NAMES = 20

/**
 * How a step ends of which at least one gate did not pass: every such gate with what was seen.
 * @param metrics what the training has put out, for those who wrote a name wrong
 */
export function gateFailure(verdicts: readonly GateVerdict[], metrics: Metrics): Failure {
  const failed = verdicts.filter(({ passed }) => !passed)
  const isMissing = failed.some(({ seen }) => /(^|, )(?!champion\.)\S+ is missing/.test(seen))
  const names = Object.keys(metrics)
  const there = names.length === 0 ? 'no metrics at all' : names.slice(0, MOST_NAMES).join(', ')
  return new Failure({
    kind: 'gate',
    code: 'GATE_FAILED',
    what:
      failed.length === 1
        ? 'The gate did not pass'
        : `${failed.length} of ${verdicts.length} gates did not pass`,
    on: failed.map(({ gate }) => gate.source).join('\n'),
    seen: failed.map(({ seen }) => seen).join('\n'),
    next: isMissing
      ? `Nothing was deployed. The training has put out ${there}: correct the name in the gate, or let the training put the metric out`
      : 'Nothing was deployed. Look at the data and the training, or at the gate',
  })
}
