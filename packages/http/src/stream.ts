import type { World } from '@mlops-actions/diagnostics'
import { type Answer, openAnswer, type Wire } from './attempt.ts'
import { pieces, readErrorBody } from './body.ts'
import type { HttpStream } from './client.ts'
import { isHtml } from './content.ts'
import { type Deadlines, startDeadlines } from './deadlines.ts'
import { orThrow } from './exchange.ts'
import { explain } from './explain.ts'
import { hostOf, type Plan } from './plan.ts'
import { Trouble } from './trouble.ts'

/**
 * Waits for the head of the answer and hands the body on piece by piece. There is no total deadline unless
 * the request sets one: a watch lives as long as its server lets it.
 * @throws Failure at once for an error status or a web page, and from `chunks` when the body ends badly
 */
export async function openStream(world: World, wire: Wire, plan: Plan): Promise<HttpStream> {
  const limits = { ...plan.limits, total: plan.request.totalTimeout }
  const deadlines = startDeadlines(limits, plan.signals)
  try {
    const answer = await openAnswer(plan.outgoing, wire, deadlines, true)
    await refuseError(answer, plan, deadlines)
    return toStream(world, plan, answer, deadlines)
  } catch (thrown) {
    deadlines.close()
    throw failed(world, plan, thrown)
  }
}

async function refuseError(answer: Answer, plan: Plan, deadlines: Deadlines): Promise<void> {
  if (plan.tolerate.has(answer.status)) return
  if (answer.status >= 400) {
    throw new Trouble('status', { response: await readErrorBody(answer, plan, deadlines) })
  }
  if (isHtml({ headers: answer.headers, body: Buffer.alloc(0) })) {
    answer.message.destroy()
    throw new Trouble('login-page', { detail: `HTTP ${answer.status}` })
  }
}

function toStream(world: World, plan: Plan, answer: Answer, deadlines: Deadlines): HttpStream {
  let closed = false
  const close = (): void => {
    closed = true
    deadlines.close()
    answer.message.destroy()
  }
  async function* chunks(): AsyncGenerator<Buffer, void, undefined> {
    try {
      yield* pieces(answer, plan.decompress, deadlines)
    } catch (thrown) {
      if (!closed) throw failed(world, plan, thrown)
    } finally {
      close()
    }
  }
  return { status: answer.status, headers: answer.headers, chunks: chunks(), close }
}

function failed(world: World, plan: Plan, thrown: unknown): Error {
  const trouble = orThrow(thrown, plan)
  return explain(trouble, plan.request, { host: hostOf(plan.request.url), attempts: 1, now: world.now() })
}
