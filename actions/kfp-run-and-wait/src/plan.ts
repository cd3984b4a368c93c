import { inlineCode } from '@mlops-actions/diagnostics'
import type { SubmitPlan } from '@mlops-actions/kfp'
import type { ActionResult } from '@mlops-actions/runner'
import type { Submission } from './submission.ts'

/** What the step would do, in words; nothing was created. */
export function describeDryRun(
  { pipeline, parameters, source, body }: Submission,
  plan: SubmitPlan,
): ActionResult {
  const runId = plan.kind === 'attach' ? plan.run.run_id : plan.runId
  const what =
    plan.kind === 'attach'
      ? `Would attach to run ${inlineCode(runId)}, which is ${plan.run.state}`
      : `Would create run ${inlineCode(runId)} of pipeline ${inlineCode(pipeline)}`
  const rows = Object.entries(parameters).map(
    ([name, value]) => `| ${inlineCode(name)} | ${inlineCode(JSON.stringify(value))} |`,
  )
  return {
    outputs: { 'run-id': runId, changed: false },
    summary: [`## Dry run: ${what}`, '', '| parameter | value |', '|:--|:--|', ...rows, ''].join('\n'),
    report: {
      plan: plan.kind,
      'run-id': runId,
      pipeline: { name: pipeline, ...source },
      parameters,
      name: body.display_name,
    },
  }
}
