import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where a request is: come, with a part of a body passed on, or answered without anybody knowing yet. */
export type Stage = 'arrived' | 'underway' | 'answered'

/** What a client gets of a request that the server is not to see. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * Told before the request goes on, which it does when the promise is fulfilled; where that is rejected the connection
 * ends. An answer that it gives to one that has `arrived` is the client's, and the server gets nothing.
 * @param nth from 1
 */
export type Watch = (
  nth: number,
  stage: Stage,
  request: IncomingMessage,
) => undefined | Answer | Promise<undefined | Answer>

/** A way to a server on which every request is counted and can be stopped. */
export interface Proxy extends AsyncDisposable {
  readonly url: string
  /** So many have come. */
  readonly count: () => number
}

/** Passes every request on as it is, with the host that it was signed for. */
export async function startProxy(target: string, watch: Watch): Promise<Proxy> {
  let count = 0
  const server = createServer((incoming, response) => {
    const nth = ++count
    // One of both sides is killed here on purpose.
    pass(target, { incoming, response }, (stage) => watch(nth, stage, incoming)).catch(() =>
      response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => count,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly response: ServerResponse
}

async function pass(
  target: string,
  { incoming, response }: Exchange,
  watch: (stage: Stage) => ReturnType<Watch>,
): Promise<void> {
  const own = await watch('arrived')
  if (own !== undefined) {
    // Not before all of it has come: the end of a connection would overtake the answer.
    incoming.resume()
    await once(incoming, 'end')
    response.writeHead(own.status, own.headers).end(own.body)
    return
  }
  const { method, url, headers } = incoming
  const outgoing = request(`${target}${url}`, { method, headers })
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>
  const [[answer]] = await Promise.all([answered, pipeline(incoming, tell(watch), outgoing)])
  await watch('answered')
  response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
  await pipeline(answer, tell(watch), response)
}

/** Says so once, behind the first piece of a body. */
function tell(watch: (stage: Stage) => ReturnType<Watch>): Transform {
  let isFirst = true
  return new Transform({
    transform(piece, _, done) {
      this.push(piece)
      const told = isFirst ? Promise.resolve(watch('underway')) : Promise.resolve()
      isFirst = false
      told.then(() => done(), done)
    },
  })
}
