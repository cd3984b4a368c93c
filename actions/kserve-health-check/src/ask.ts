import { Failure, type World } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import {
  evaluateReadiness,
  type InferenceCase,
  type InferenceOutcome,
  latencyFigures,
  lookAtReadiness,
  type ModelTarget,
  probeLoad,
  type ReadinessLook,
  readinessKeys,
  sendInference,
  type Tolerance,
  wilsonLowerBound,
} from '@mlops-actions/kserve'
import { type Memory, remember, type Sightings } from '@mlops-actions/kubernetes'
import { done, failed, pending, type Verdict, waitFor } from '@mlops-actions/wait'
import { explainOutcome } from './answer.ts'
import type { LoadResult } from './findings.ts'
import type { Pace } from './rollout.ts'

/** A model server that can be asked. */
export interface Service {
  readonly http: HttpClient
  readonly target: ModelTarget
}

export interface Probing {
  readonly probes: number
  readonly concurrency: number
  readonly warmUp: number
  readonly tolerance: Tolerance
  /** Milliseconds, monotonic and finer than the world's clock. */
  readonly stopwatch: () => number
}

/** Waits until the protocol says that the model is ready; gives the status that said so. */
export async function waitForReadiness(world: World, { http, target }: Service, pace: Pace): Promise<number> {
  let sightings: Sightings = new Map()
  const { value } = await waitFor<{ look: ReadinessLook; memory: Memory }, { status: number }>(world, {
    what: `the model "${target.model}" to be ready`,
    on: target.url,
    observe: async () => {
      const look = await lookAtReadiness(http, target)
      sightings = remember(sightings, readinessKeys(look), world.now())
      return { look, memory: { sightings, now: world.now() } }
    },
    evaluate: ({ look, memory }) => evaluateReadiness(look, target, memory),
    interval: pace.interval,
    timeout: Math.max(0, pace.deadline - world.now()),
    next: 'Check that the gateway routes to this service, and that protocol and model-name are those of the server',
  })
  return value.status
}

/** Sends the request until it is answered: a gateway may say 503 for a moment after the pods are ready. */
export async function askOnce(
  world: World,
  { http, target }: Service,
  inference: InferenceCase,
  { tolerance, stopwatch }: Probing,
  { pace, showBody }: { readonly pace: Pace; readonly showBody: boolean },
): Promise<InferenceOutcome> {
  const { value } = await waitFor<InferenceOutcome, InferenceOutcome>(world, {
    what: 'an answer of the model',
    on: target.url,
    observe: () => sendInference(http, target, inference, tolerance, stopwatch),
    evaluate: (outcome) => evaluateAnswer(outcome, target, showBody),
    interval: pace.interval,
    timeout: Math.max(0, pace.deadline - world.now()),
    next: 'Check the route from the gateway to the service, and the log of the server',
  })
  return value
}

const PASSING = new Set([429, 502, 503, 504])

function evaluateAnswer(
  outcome: InferenceOutcome,
  target: ModelTarget,
  showBody: boolean,
): Verdict<InferenceOutcome> {
  const { failure, ok, status } = outcome
  if (ok) return done(outcome)
  if (failure !== undefined) return failure.retryable ? pending(failure.details.seen) : failed(failure)
  if (PASSING.has(status)) return pending(`HTTP ${status}`)
  return failed(explainOutcome(outcome, target, showBody))
}

/** Sends the request many times and gives the figures of what came back. */
export async function measure(
  world: World,
  { http, target }: Service,
  inference: InferenceCase,
  { probes, concurrency, warmUp, tolerance, stopwatch }: Probing,
): Promise<LoadResult> {
  let saidAt = world.now()
  const outcomes = await probeLoad(
    () => sendInference(http, target, inference, tolerance, stopwatch),
    { requests: probes, concurrency, warmUp },
    world.signal,
    (answered) => {
      if (world.now() - saidAt < 5_000) return
      saidAt = world.now()
      world.log.info(`${answered} of ${probes} probes answered`)
    },
  )
  return summarize(outcomes)
}

function summarize(outcomes: readonly InferenceOutcome[]): LoadResult {
  const good = outcomes.filter(({ ok }) => ok)
  const histogram = new Map<string, number>()
  for (const outcome of outcomes) {
    const name = nameOf(outcome)
    histogram.set(name, (histogram.get(name) ?? 0) + 1)
  }
  return {
    // Errors are often the fastest answers of all, and must not make a service look quick.
    figures: latencyFigures(good.map(({ ms }) => ms)),
    requests: outcomes.length,
    errors: outcomes.length - good.length,
    histogram,
    successAtLeast: wilsonLowerBound(good.length, outcomes.length),
  }
}

function nameOf({ status, failure, ok }: InferenceOutcome): string {
  if (failure instanceof Failure) return failure.code
  return ok || status >= 300 ? `HTTP ${status}` : `HTTP ${status} with another answer`
}
