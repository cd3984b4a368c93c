import type { World } from '@mlops-actions/diagnostics'
import { type Answer, openAnswer, type Wire } from './attempt.ts'
import { pieces, readErrorBody } from './body.ts'
import type { HttpStream } from './client.ts'
import { isBlank, isHtml, mayBeginPage } from './content.ts'
import { type Deadlines, startDeadlines } from './deadlines.ts'
import { orThrow } from './exchange.ts'
import { explain } from './explain.ts'
import { hostOf, type Plan } from './plan.ts'
import { Trouble } from './trouble.ts'

/**
 * Waits for the head of the answer and hands the body on piece by piece. There is no total deadline unless
 * the request sets one: a watch lives as long as its server lets it.
 * @throws Failure at once for an error status or a web page, and from `chunks` when the body ends badly or begins as a
 * web page under another type
 */
export async function openStream(world: World, wire: Wire, plan: Plan): Promise<HttpStream> {
  const limits = { ...plan.limits, total: plan.request.totalTimeout }
  const deadlines = startDeadlines(limits, plan.signals)
  try {
    const answer = await openAnswer(plan.outgoing, wire, deadlines, plan.request.anyHost !== true)
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
      yield* refusePages(answer, plan, pieces(answer, plan.decompress, deadlines))
    } catch (thrown) {
      if (!closed) throw failed(world, plan, thrown)
    } finally {
      close()
    }
  }
  return { status: answer.status, headers: answer.headers, chunks: chunks(), close }
}

/** The pieces as they come, once what they begin with is seen to be no web page under the type of something else. */
async function* refusePages(
  { headers, status }: Answer,
  { tolerate }: Plan,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  let isJudged = tolerate.has(status)
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const piece: Buffer = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    if (!isJudged && isHtml({ headers, body: piece }))
      throw new Trouble('login-page', { detail: `HTTP ${status}` })
    isJudged ||= !mayBeginPage(piece)
    const isHeld = !isJudged && !isBlank(piece)
    held = isHeld ? piece : Buffer.alloc(0)
    if (!isHeld) yield piece
  }
  if (held.length > 0) yield held
}

function failed(world: World, plan: Plan, thrown: unknown): Error {
  const trouble = orThrow(thrown, plan)
  return explain(trouble, plan.request, { host: hostOf(plan.request.url), attempts: 1, now: world.now() })
}
