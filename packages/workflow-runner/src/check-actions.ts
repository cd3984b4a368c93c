import type { PlannedWorkflow } from './plan.ts'
import { unsupported } from './refusals.ts'
import { type ResolvedAction, resolveAction } from './resolve-action.ts'
import type { RunContext } from './run-context.ts'
import type { SourceRepository } from './sources.ts'
import type { Step } from './workflow-file.ts'

/**
 * Resolves every action that the workflow and those it calls use, so that one that is not at hand or not
 * supported is refused before anything runs. Actions of the workspace are only known later.
 */
export async function checkActions(
  run: Pick<RunContext, 'sources' | 'standIns'>,
  plan: PlannedWorkflow,
): Promise<void> {
  for (const planned of plan.jobs) {
    if ('callee' in planned) await checkActions(run, planned.callee)
    else await checkSteps(run, plan.repository, planned.job.steps, 0)
  }
}

async function checkSteps(
  run: Pick<RunContext, 'sources' | 'standIns'>,
  from: SourceRepository,
  steps: readonly Step[],
  depth: number,
): Promise<void> {
  for (const step of steps) {
    if (step.kind !== 'uses' || step.uses.startsWith('./')) continue
    const action = await resolveAction(run, from, '', step.uses)
    refuseInnerPre(action, step.uses, depth)
    if (depth < 10 && action.kind === 'manifest' && action.manifest.kind === 'composite') {
      await checkSteps(run, action.origin.repository ?? from, action.manifest.steps, depth + 1)
    }
  }
}

function refuseInnerPre(action: ResolvedAction, uses: string, depth: number): void {
  if (depth === 0 || action.kind !== 'manifest' || action.manifest.kind !== 'javascript') return
  if (action.manifest.pre !== undefined)
    throw unsupported(uses, ['runs.pre of an action within a composite action'])
}
