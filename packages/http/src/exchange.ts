import { Failure, type World } from '@mlops-actions/diagnostics'
import { openAnswer, type Wire } from './attempt.ts'
import { readBody, readErrorBody } from './body.ts'
import type { HttpResponse } from './client.ts'
import { Aborted, startDeadlines } from './deadlines.ts'
import { explain, explainAbort } from './explain.ts'
import { hostOf, type Plan } from './plan.ts'
import { planRetry } from './retry.ts'
import { Trouble } from './trouble.ts'
import { formatSeconds } from './words.ts'

/** What becomes of a complete response; may throw a {@link Trouble}, which counts as a failed attempt. */
export type Decode<T> = (response: HttpResponse) => T

export interface ExchangeRules<T> {
  readonly decode: Decode<T>
  /** See planRedirect. */
  readonly sameHostOnly: boolean
  /** What to return for an error status after the last attempt, instead of throwing. */
  readonly answerError?: (response: HttpResponse) => T
}

/** Sends a planned request until it is answered, cannot be or need not be tried any more. @throws Failure */
export async function exchange<T>(world: World, wire: Wire, plan: Plan, rules: ExchangeRules<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let trouble: Trouble
    try {
      return await attemptOnce(wire, plan, rules)
    } catch (thrown) {
      trouble = orThrow(thrown, plan)
    }
    const wait = planRetry(trouble, {
      attempt,
      retries: plan.retries,
      idempotent: plan.outgoing.idempotent,
      now: world.now(),
      deadline: plan.deadline,
      random: world.random(),
    })
    if (wait === undefined) return giveUp(world, plan, rules, trouble, attempt)
    logRetry(world, plan, trouble, attempt, wait)
    await pause(world, plan, wait)
  }
}

async function attemptOnce<T>(wire: Wire, plan: Plan, rules: ExchangeRules<T>): Promise<T> {
  const deadlines = startDeadlines(plan.limits, plan.signals)
  try {
    const answer = await openAnswer(plan.outgoing, wire, deadlines, rules.sameHostOnly)
    if (answer.status >= 400 && !plan.tolerate.has(answer.status)) {
      throw new Trouble('status', { response: await readErrorBody(answer, plan, deadlines) })
    }
    return rules.decode(await readBody(answer, plan, deadlines))
  } finally {
    deadlines.close()
  }
}

/** The trouble that was thrown; an abort and a defect go up at once. */
export function orThrow(thrown: unknown, { request }: Plan): Trouble {
  if (thrown instanceof Aborted) throw explainAbort(thrown, request, hostOf(request.url))
  if (thrown instanceof Trouble) return thrown
  throw thrown
}

function giveUp<T>(world: World, plan: Plan, rules: ExchangeRules<T>, trouble: Trouble, attempts: number): T {
  if (trouble.trouble === 'status' && trouble.response !== undefined && rules.answerError !== undefined) {
    return rules.answerError(trouble.response)
  }
  const host = hostOf(trouble.response?.url ?? plan.request.url)
  throw explain(trouble, plan.request, { host, attempts, now: world.now() })
}

function logRetry(world: World, plan: Plan, trouble: Trouble, attempt: number, wait: number): void {
  const seen = trouble.response === undefined ? trouble.trouble : `HTTP ${trouble.response.status}`
  const line = `${hostOf(plan.request.url)}: ${seen}; attempt ${attempt + 1} of at most ${plan.retries + 1} in ${formatSeconds(wait)}`
  if (wait >= 5_000) world.log.info(line)
  else world.log.debug(line)
}

/** Sleeps on the world's clock; ends early when one of the signals aborts. */
async function pause(world: World, plan: Plan, ms: number): Promise<void> {
  const { request, signals } = plan
  const interrupted = Promise.withResolvers<never>()
  const onAbort = (): void => {
    const reason: unknown = signals.find((signal) => signal.aborted)?.reason
    interrupted.reject(explainAbort(new Aborted(reason), request, hostOf(request.url)))
  }
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true })
  try {
    if (signals.some((signal) => signal.aborted)) onAbort()
    await Promise.race([interrupted.promise, sleepOrAbort(world, plan, ms)])
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', onAbort)
  }
}

async function sleepOrAbort(world: World, { request }: Plan, ms: number): Promise<void> {
  try {
    await world.sleep(ms)
  } catch (error) {
    if (error instanceof Failure || !world.signal.aborted) throw error
    throw explainAbort(new Aborted(error), request, hostOf(request.url))
  }
}
