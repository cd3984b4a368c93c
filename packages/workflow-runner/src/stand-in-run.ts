import { setTimeout } from 'node:timers/promises'
import { messageOf } from '@mlops-actions/diagnostics'
import { whenAborted } from './limit.ts'
import { addWithLines } from './masker.ts'
import type { FunctionStandIn, StandInStep } from './stand-in.ts'
import { processEnv, type StepCall } from './step-call.ts'
import { mappingOf, textOf } from './values.ts'

/** Runs a stand-in in this process; true unless it throws. */
export async function runStandIn(
  call: StepCall,
  standIn: FunctionStandIn,
  inputs: Record<string, string>,
): Promise<boolean> {
  const work = call.stage === 'post' ? standIn.post : standIn.main
  call.recorder.line(`(stand-in: ${standIn.describe})`)
  try {
    await Promise.race([work?.(stepFor(call, inputs)), overdue(call)])
    return true
  } catch (error) {
    if (!call.signal.aborted) call.recorder.issue('error', messageOf(error))
    return false
  }
}

// A stand-in that does not heed its signal is left behind after the time that a process would have.
async function overdue({ job, signal }: StepCall): Promise<void> {
  await whenAborted(signal)
  const { interrupt, terminate } = job.run.timing
  await setTimeout(interrupt + terminate, undefined, { ref: false })
}

function stepFor(call: StepCall, inputs: Record<string, string>): StandInStep {
  const { job, instance, recorder, effects } = call
  return {
    inputs,
    github: mappingOf(call.scope.contexts['github']),
    env: processEnv(call),
    workspace: job.workspace,
    temp: job.temp,
    shared: job.run.directory,
    signal: call.signal,
    state: instance.state,
    remoteOf: job.run.remoteOf,
    log: recorder.line,
    annotate: (level, message) => recorder.issue(level, message),
    mask: (secret) => addWithLines(job.masker, secret),
    setOutput: (name, value) => effects.setOutput(name, textOf(value)),
    saveState: effects.saveState,
    setEnv: effects.setEnv,
    addPath: effects.addPath,
  }
}
