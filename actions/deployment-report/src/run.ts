import { Failure } from '@mlops-actions/diagnostics'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import { type Ending, formatReport, reasonOf } from './report.ts'
import { readReports } from './reports.ts'
import { evaluateDeployment, isAlarm, resultOf } from './verdict.ts'
import { sayVerdict } from './words.ts'

/** Reads what the steps left behind, judges it, and tells it; fails where nobody knows what serves. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const { service, environment, steps } = inputs
  const reports = await readReports(inputs.reports, world)
  const verdict = evaluateDeployment(steps, reports)
  const ending = { place: { service, environment }, verdict, steps, reports }
  const told = describe(ending, world)
  if (!isAlarm(verdict)) return told
  throw alarm(ending, told)
}

function describe(ending: Ending, { context }: ActionWorld): ActionResult {
  const { verdict, place, steps, reports } = ending
  const { bump, rollback } = reports
  const sentence = sayVerdict(verdict, place)
  const text = context.runUrl === '' ? sentence : `${sentence} ${context.runUrl}`
  return {
    outputs: { result: resultOf(verdict), text },
    summary: formatReport(ending),
    report: {
      verdict,
      result: resultOf(verdict),
      why: reasonOf(ending),
      ...place,
      steps,
      commit: bump.commit,
      'rollback-commit': rollback.commit,
      values: bump.values.map(({ field, before, after }) => ({ field, before, after })),
    },
  }
}

function alarm(ending: Ending, { outputs, summary, report }: ActionResult): Failure {
  const { place, verdict, reports } = ending
  const { commit, branch } = reports.bump
  return new Failure({
    kind: 'workload',
    code: verdict === 'no-way-back' ? 'DEPLOYMENT_NO_WAY_BACK' : 'DEPLOYMENT_NOT_RESTORED',
    what: 'Nothing is proven to serve',
    on: `${place.service} on ${place.environment}`,
    seen: `${sayVerdict(verdict, place)}\n${reasonOf(ending)}`,
    next:
      commit === ''
        ? 'Look at the service now; the steps before say what failed'
        : `Look at the service now; commit ${commit.slice(0, 12)} on ${branch} is what was deployed`,
    retryable: false,
    outputs,
    summary,
    ...(report === undefined ? {} : { report }),
  })
}
