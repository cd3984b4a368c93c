import { setTimeout as delay } from 'node:timers/promises'
import { Failure, messageOf, toFailure, type World, withDetails } from '@mlops-actions/diagnostics'
import { createRunJudge, createRunObserver, type Ended, type Kfp, runUrl } from '@mlops-actions/kfp'
import type { ActionWorld } from '@mlops-actions/runner'
import { type Waited, waitFor } from '@mlops-actions/wait'
import type { Connection } from './connect.ts'
import type { Inputs } from './inputs.ts'

/** A pull that fails for so long fails for a reason. */
const PULL_GRACE_MS = 60_000
/** An autoscaler needs minutes for a node with GPUs. */
const SCHEDULE_GRACE_MS = 900_000
/** The runner kills the step 7.5 s after its SIGINT; ours is over after 4.5 s. */
const CLEANUP_MS = 3_500

/** Waits until the run has ended, however. @throws Failure when it cannot end, is gone, or the time is over */
export async function followRun(
  inputs: Inputs,
  world: ActionWorld,
  { kfp }: Connection,
  runId: string,
  timeout: number,
): Promise<Waited<Ended>> {
  const observe = createRunObserver(world, kfp, runId)
  return waitFor(world, {
    what: 'the run to end',
    on: runUrl(kfp.address, runId),
    observe: async () => {
      const look = await observe()
      if (look.run !== undefined) world.output('state', look.run.state)
      return look
    },
    evaluate: createRunJudge({ runId, pullGrace: PULL_GRACE_MS, scheduleGrace: SCHEDULE_GRACE_MS }),
    interval: inputs.interval ?? intervalAt,
    timeout,
    next: 'The run goes on: run the failed job again, and it attaches to it; or give it more with the input `timeout`',
  })
}

/** Short runs end quickly, long ones are asked seldom. */
function intervalAt(waited: number): number {
  if (waited < 10_000) return 2_000
  return waited < 120_000 ? 5_000 : 15_000
}

/**
 * What becomes of the run when this step gives up on it. A cancelled step terminates it, and so does a run that can never
 * start; when only our time is over or the server cannot be reached, it goes on, and the next attempt attaches to it.
 */
export async function abandonRun(
  thrown: unknown,
  inputs: Inputs,
  world: ActionWorld,
  connection: Connection,
  runId: string,
): Promise<Failure> {
  const failure =
    world.signal.aborted && world.signal.reason instanceof Failure ? world.signal.reason : toFailure(thrown)
  const cancelled = world.signal.aborted && failure.kind !== 'timeout'
  if (!cancelled && failure.code !== 'KFP_POD_STUCK') return failure
  const url = runUrl(connection.kfp.address, runId)
  if (inputs.onCancel === 'leave') {
    world.log.info(`The run was left alone: ${url}`)
    return failure
  }
  const terminated = await terminateRun(world, connection, runId)
  world.log.info(terminated ? `The run was terminated: ${url}` : `There was no run to terminate: ${url}`)
  return terminated ? withDetails(failure, { outputs: { state: 'CANCELING' } }) : failure
}

/** A run whose POST was on its way may appear a moment later, so it is tried until the time for it is over. */
async function terminateRun(world: World, { again }: Connection, runId: string): Promise<boolean> {
  const signal = AbortSignal.timeout(CLEANUP_MS)
  const kfp = again({ ...world, signal })
  try {
    for (let tries = 0; tries < 5 && !signal.aborted; tries += 1) {
      if (await kfp.terminate(runId)) return true
      if (await isThere(kfp, runId)) return false
      await delay(400, undefined, { signal })
    }
  } catch (error) {
    world.log.warn(`The run could not be terminated: ${messageOf(error)}`)
  }
  return false
}

async function isThere(kfp: Kfp, runId: string): Promise<boolean> {
  return (await kfp.findRun(runId)) !== undefined
}
