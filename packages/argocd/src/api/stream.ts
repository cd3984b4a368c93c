import { type HttpClient, serverSentEvents } from '@mlops-actions/http'
import { type Application, isStreamEvent } from '../model/application.wire.ts'

/** The server sends a comment every 15 s on an idle stream, and may be that late with its first byte. */
const IDLE_MS = 40_000

export interface StreamRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Name of the Application where one is meant; events of others are left out. */
  readonly name: string | undefined
  readonly signal: AbortSignal
}

/** Server-sent events of one Application, until the server ends them or reports an error. */
export async function* streamOf(
  http: HttpClient,
  { url, headers, name, signal }: StreamRequest,
): AsyncGenerator<Application, void, undefined> {
  const stream = await http.stream({
    url,
    headers: { ...headers, accept: 'text/event-stream' },
    what: 'Cannot watch the Application',
    headersTimeout: IDLE_MS,
    idleTimeout: IDLE_MS,
    signal,
  })
  try {
    for await (const { data } of serverSentEvents(stream.chunks)) {
      const { result } = isStreamEvent(JSON.parse(data))
      if (result === undefined) return
      // What a deleted Application was like last is no state of it; the next look says that it is gone.
      if (
        result.type !== 'DELETED' &&
        (name ?? result.application.metadata.name) === result.application.metadata.name
      )
        yield result.application
    }
  } finally {
    stream.close()
  }
}
