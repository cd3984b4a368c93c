/** One message of an event stream (WHATWG HTML, 9.2 "Server-sent events"). */
export interface ServerSentEvent {
  /** `message` unless the server named another. */
  readonly event: string
  /** The lines of the message, joined by line feeds. */
  readonly data: string
  /** The last id that the server gave, empty before the first. */
  readonly id: string
}

const LONGEST_LINE = 16 * 1024 * 1024

/**
 * The messages of a `text/event-stream` body. Comments, which servers send to keep the connection alive, and
 * messages without data give nothing; a message that the end of the stream cuts is dropped, as the standard says.
 */
export async function* serverSentEvents(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let event = ''
  let data: string[] = []
  let id = ''
  for await (const { line, complete } of lines(chunks)) {
    if (!complete) return
    if (line === '') {
      if (data.length > 0) yield { event: event === '' ? 'message' : event, data: data.join('\n'), id }
      event = ''
      data = []
      continue
    }
    const { field, value } = parseField(line)
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id' && !value.includes('\0')) id = value
  }
}

/**
 * The values of a body with one JSON text on each line (Kubernetes watches, gRPC gateways); empty lines give nothing.
 * @throws SyntaxError for a line that is not JSON, a cut last one included
 */
export async function* jsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<unknown, void, undefined> {
  for await (const { line } of lines(chunks)) {
    if (line.trim() !== '') yield JSON.parse(line)
  }
}

interface Line {
  readonly line: string
  /** Ended by a line end rather than by the end of the body. */
  readonly complete: boolean
}

/** Lines ended by CRLF, LF or CR, wherever the chunks were cut: inside a character, or between CR and LF. */
async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  let afterCarriageReturn = false
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true })
    if (text === '') continue
    if (afterCarriageReturn && text.startsWith('\n')) text = text.slice(1)
    afterCarriageReturn = text === '' ? afterCarriageReturn : text.endsWith('\r')
    const parts = `${rest}${text}`.split(/\r\n|\n|\r/)
    rest = parts.pop() ?? ''
    if (rest.length > LONGEST_LINE)
      throw new RangeError(`a line of the stream is longer than ${LONGEST_LINE} characters`)
    for (const line of parts) yield { line, complete: true }
  }
  rest += decoder.decode()
  if (rest !== '') yield { line: rest, complete: false }
}

function parseField(line: string): { field: string; value: string } {
  const colon = line.indexOf(':')
  if (colon === -1) return { field: line, value: '' }
  const value = line.slice(colon + 1)
  return { field: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value }
}
