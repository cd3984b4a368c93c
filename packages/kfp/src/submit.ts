import { Failure, type World, withDetails } from '@mlops-actions/diagnostics'
import type { HttpResponse } from '@mlops-actions/http'
import type { Run } from './api.wire.ts'
import type { Kfp, NewRun } from './client.ts'
import { explainFor, isExplained } from './explain.ts'
import { type RunIdentity, runIdOf } from './run-id.ts'

/** Whether there is a run of this identity already, or which id a new one gets. */
export type SubmitPlan =
  | { readonly kind: 'attach'; readonly run: Run }
  | { readonly kind: 'create'; readonly runId: string }

/** No workflow run on GitHub has been repeated as often as this. */
const MOST_GENERATIONS = 100

/**
 * Looks for the run that an earlier attempt of this step has made. One that still runs or has succeeded is attached to;
 * one that has failed or was terminated counts as a generation, and the next one gets an id of its own.
 */
export async function planRun(kfp: Kfp, identity: Omit<RunIdentity, 'generation'>): Promise<SubmitPlan> {
  for (let generation = 0; generation < MOST_GENERATIONS; generation += 1) {
    const runId = runIdOf({ ...identity, generation })
    const run = await kfp.findRun(runId)
    if (run === undefined) return { kind: 'create', runId }
    if (isWorthAttaching(run.state)) return { kind: 'attach', run }
  }
  throw new Failure({
    kind: 'conflict',
    code: 'KFP_TOO_MANY_RUNS',
    what: 'Cannot create the run',
    on: new URL(kfp.address.api).host,
    seen: `${MOST_GENERATIONS} runs of this step have failed`,
    next: 'Look at why they fail, then start a new workflow run',
    retryable: false,
  })
}

/** What is being terminated will be FAILED: nothing to wait for. */
export function isWorthAttaching(state: string): boolean {
  return !['FAILED', 'CANCELED', 'CANCELING'].includes(state)
}

/** Milliseconds before each look after a POST of which nobody knows whether it was heard (reference 1.6). */
const LOOKS_MS = [1_000, 2_000, 4_000, 8_000]

/**
 * Creates the run exactly once. A second POST with the same id would start a second workflow, and only then fail; so
 * after an ambiguous end the run is looked for first, and sent once more only when it stays away.
 * @throws Failure of the POST; `upstream` KFP_RUN_UNKNOWN when nobody can tell
 */
export async function createRun(world: World, kfp: Kfp, run: NewRun): Promise<Run> {
  for (const isLast of [false, true]) {
    const sent = await send(kfp, run)
    if ('run' in sent) return verified(world, sent.run, run.run_id)
    if (sent.next === 'give-up' || world.signal.aborted) throw sent.failure
    world.log.info(`The answer to creating the run was lost (${sent.failure.details.seen}); looking for it`)
    const found = await lookFor(world, kfp, run.run_id, sent.next === 'look-once' ? [0] : LOOKS_MS)
    if (found !== undefined) return found
    if (sent.next === 'look-once') throw sent.failure
    if (isLast) throw unknownOutcome(sent.failure, run.run_id)
  }
  throw new Error('unreachable: the last round returns or throws')
}

type Sent = { readonly run: Run } | { readonly failure: Failure; readonly next: AfterFailure }

async function send(kfp: Kfp, run: NewRun): Promise<Sent> {
  let explained = false
  const explain = (response: HttpResponse) => {
    explained = isExplained(response)
    return explainFor('create runs')(response)
  }
  try {
    return { run: await kfp.createRun(run, explain) }
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure
    return { failure, next: planAfterFailure(failure.code, explained) }
  }
}

export type AfterFailure = 'give-up' | 'look-once' | 'look-and-repeat'

/** The request never arrived, or was refused. */
const NEVER_HEARD =
  /^(TLS_|HTTP_PROXY|HTTP_LOGIN|HTTP_REDIRECT|HTTP_(REFUSED|HOST_UNKNOWN|DNS|UNREACHABLE|CONNECT_TIMEOUT|ADDRESS_REFUSED|BAD_REQUEST)$)/

/**
 * What to do after a failed POST.
 * @param code of the Failure
 * @param explained whether the API server itself gave the reason: a 500 that it explains is no passing fault, but may be
 * the duplicate key of a run that is there
 */
export function planAfterFailure(code: string, explained: boolean): AfterFailure {
  if (NEVER_HEARD.test(code)) return 'give-up'
  if (code === 'HTTP_409' || (code === 'HTTP_500' && explained)) return 'look-once'
  if (/^HTTP_4\d\d$/.test(code) && code !== 'HTTP_408') return 'give-up'
  return 'look-and-repeat'
}

async function lookFor(
  world: World,
  kfp: Kfp,
  runId: string,
  delays: readonly number[],
): Promise<Run | undefined> {
  for (const delay of delays) {
    if (delay > 0) await world.sleep(delay)
    try {
      const run = await kfp.findRun(runId)
      if (run !== undefined) return run
    } catch (failure) {
      if (!(failure instanceof Failure) || !failure.retryable) throw failure
      world.log.debug(`Looking for the run failed: ${failure.details.seen}`)
    }
  }
  return undefined
}

function verified(world: World, run: Run, wanted: string): Run {
  if (run.run_id !== wanted)
    world.log.warn(
      'This KFP chose a run id of its own: running the step again will not find this run, and creates another',
    )
  return run
}

function unknownOutcome(failure: Failure, runId: string): Failure {
  return withDetails(failure, {
    kind: 'upstream',
    code: 'KFP_RUN_UNKNOWN',
    what: 'Cannot tell whether the run was created',
    next: `Run the step again: it attaches to run ${runId} if it exists`,
    retryable: true,
  })
}
