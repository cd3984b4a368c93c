import { withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { type ScanGate, scanReport } from './scan-gate.ts'
import { closedSection, scanSection } from './scan-table.ts'

/**
 * The result of a step with what its gate has to say.
 * @param result of an image that is in the repository, as if there were no gate
 * @throws Failure of a closed gate, with the outputs, the report and the summary of that result
 */
export function closeGate(
  inputs: Pick<Inputs, 'repository' | 'failOnSeverity' | 'onlyFixable' | 'ignore'>,
  result: ActionResult,
  gate: ScanGate,
  digest: string,
): ActionResult {
  const outputs = { ...result.outputs, ...gateOutputs(gate) }
  if (gate.status === 'off') return { ...result, outputs }
  const report = { ...Object(result.report), scan: scanReport(gate) }
  const section = 'scanned' in gate ? scanSection(inputs, gate.scanned) : []
  if (!('failure' in gate))
    return { ...result, outputs, report, summary: [result.summary, '', ...section].join('\n') }
  const { details } = gate.failure
  const seen =
    gate.status === 'failed' ? details.seen : `${details.seen}; the image is in the repository, unjudged`
  const summary = [
    ...closedSection(inputs.repository, digest, { ...details, seen }),
    ...section,
    // A heading of its own would say that all is well.
    result.summary.replace(/^## (?:✅ )?/, '### '),
  ].join('\n')
  throw withDetails(gate.failure, {
    seen,
    summary,
    report: { ...report, outcome: gate.status === 'failed' ? 'refused' : 'unjudged' },
    outputs,
  })
}

function gateOutputs(gate: ScanGate) {
  return {
    'scan-status': gate.status,
    ...('scanned' in gate ? { 'scan-counts': gate.scanned.judgement.counts } : {}),
  }
}
