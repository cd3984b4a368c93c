import { typedInputs } from './call-contract.ts'
import { readConcurrency, withinGroup } from './concurrency-gate.ts'
import { evaluateDeep, evaluateText } from './expressions.ts'
import type { StartedInstance } from './job-instance.ts'
import type { JobEnding } from './job-steps.ts'
import { tokenFor } from './job-token.ts'
import type { PlannedCall } from './plan.ts'
import { mappingOf, textOf, textsOf } from './values.ts'
import { type JobEnd, type WorkflowFrame, worstOf } from './workflow-frame.ts'

/** Runs the workflow that a job calls and takes its outputs. */
export async function runCall(
  frame: WorkflowFrame,
  planned: PlannedCall,
  instance: StartedInstance,
): Promise<JobEnding> {
  const { run } = frame
  const { label, scope, stopped, member } = instance
  const vars = { ...run.options.vars }
  const given = mappingOf(evaluateDeep(planned.job.with, scope))
  const outer = { contexts: { github: run.github, inputs: frame.inputs, vars } }
  const inputs = typedInputs(given, planned.contract, outer)
  const callee: WorkflowFrame = {
    ...frame,
    plan: planned.callee,
    inputs,
    secrets: passedSecrets(frame, planned, instance),
    caller: label,
    stopped,
    members: [...frame.members, member],
  }
  const own = { contexts: { github: run.github, inputs, vars } }
  run.emit({ type: 'job-started', job: label, runsOn: [] })
  const request = readConcurrency(planned.callee.file.concurrency, own)
  return withinGroup(
    run,
    request,
    { ancestors: callee.members, cancel: member.cancel },
    stopped,
    async () => {
      const ends = await frame.runJobs(callee)
      const conclusion = worstOf([...ends.values()].map(({ result }) => result))
      return { conclusion, outputs: callOutputs(planned, callee, ends) }
    },
  )
}

function passedSecrets(
  frame: WorkflowFrame,
  { job, permissions }: PlannedCall,
  { scope, label }: StartedInstance,
): Record<string, string> {
  if (job.secrets === 'inherit') return { ...frame.secrets }
  const token = tokenFor(frame.run.options, { job: label.id, permissions })
  const secrets = { ...frame.secrets, GITHUB_TOKEN: token }
  const withSecrets = { ...scope, contexts: { ...scope.contexts, secrets } }
  return textsOf(evaluateDeep(job.secrets, withSecrets))
}

function callOutputs(
  { contract }: PlannedCall,
  { run, inputs }: WorkflowFrame,
  ends: ReadonlyMap<string, JobEnd>,
): Record<string, string> {
  const jobs = Object.fromEntries(
    [...ends].map(([id, { result, outputs }]) => [id, { result, outputs: { ...outputs } }]),
  )
  const scope = { contexts: { github: run.github, inputs, vars: { ...run.options.vars }, jobs } }
  const values = Object.entries(contract.outputs).map(
    ([name, value]) => [name, evaluateText(textOf(value), scope)] as const,
  )
  return Object.fromEntries(values.filter(([, value]) => value !== ''))
}
