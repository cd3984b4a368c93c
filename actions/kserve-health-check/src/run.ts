import { toFailure } from '@mlops-actions/diagnostics'
import type { InferenceCase } from '@mlops-actions/kserve'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { checkAccess } from './access.ts'
import { askOnce, measure, type Probing, type Service, waitForReadiness } from './ask.ts'
import { readInferenceCase } from './cases.ts'
import { connect, openService } from './connect.ts'
import { createFindings, type Findings } from './findings.ts'
import type { Inputs } from './inputs.ts'
import { assertObjectives, type Objectives } from './objectives.ts'
import { endWith, resultOf } from './result.ts'
import { type Pace, proveVersion, recheckVersion } from './rollout.ts'
import { type PhaseRunner, timed } from './timeline.ts'

/** Proves that the wanted version, and no other, serves, answers rightly and is fast enough; or only that it could. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  if (inputs.mode === 'check') return checkAccess(inputs, world)
  const findings = createFindings(world.now())
  try {
    await check(inputs, world, findings)
    return resultOf(inputs, findings, world.now())
  } catch (thrown) {
    throw endWith(toFailure(thrown), inputs, findings, world.now())
  }
}

async function check(inputs: Inputs, world: ActionWorld, findings: Findings): Promise<void> {
  const pace = { interval: inputs.interval, deadline: world.now() + inputs.timeout }
  const phase = timed(world, findings)
  const inference = await readInferenceCase(inputs, world.context.workspace)
  const cluster = await connect(inputs, world, pace, findings)
  try {
    const isvc = await phase('rollout', () => proveVersion(world, cluster, pace, findings))
    const service = await openService(inputs, world, isvc, cluster, pace)
    findings.url = service.target.url
    await ask(inputs, world, service, { pace, inference, phase }, findings).finally(service.http.close)
    await phase('second look', () => recheckVersion(world, cluster, pace, findings))
    if (findings.load !== undefined && findings.smoke !== undefined) {
      assertObjectives(findings.load, findings.smoke.ms, objectivesOf(inputs), service.target.url)
    }
  } finally {
    cluster?.client.close()
  }
}

interface Asking {
  readonly pace: Pace
  readonly inference: InferenceCase | undefined
  readonly phase: PhaseRunner
}

async function ask(
  inputs: Inputs,
  world: ActionWorld,
  service: Service,
  { pace, inference, phase }: Asking,
  findings: Findings,
): Promise<void> {
  findings.readyStatus = await phase('readiness', () => waitForReadiness(world, service, pace))
  if (inference === undefined) return
  findings.compared = inference.expected !== undefined
  const probing = probingOf(inputs)
  const answering = { pace, showBody: inputs.samplesInReport === 'full' }
  findings.smoke = await phase('first answer', () => askOnce(world, service, inference, probing, answering))
  findings.load = await phase('probes', () => measure(world, service, inference, probing))
}

function probingOf({ probes, concurrency, warmUp, rtol, atol }: Inputs): Probing {
  const tolerance = { relative: rtol, absolute: atol }
  return { probes, concurrency, warmUp, tolerance, stopwatch: () => performance.now() }
}

function objectivesOf({ maxP95, maxErrorRate, gate }: Inputs): Objectives {
  return { maxP95, maxErrorRate, gates: gate ?? [] }
}
