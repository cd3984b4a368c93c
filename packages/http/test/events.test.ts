import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { jsonLines, serverSentEvents } from '../src/index.ts'

async function* chunked(text: string | Buffer, ...cuts: number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  let start = 0
  for (const cut of [...cuts, bytes.length]) {
    yield bytes.subarray(start, cut)
    start = cut
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('server-sent events', () => {
  test.each([
    ['a message of one line', 'data: hello\n\n', ['message||hello']],
    ['several lines', 'data: a\ndata: b\n\n', ['message||a\nb']],
    [
      'a name and an id, which stays',
      'event: sync\nid: 7\ndata: x\n\ndata: y\n\n',
      ['sync|7|x', 'message|7|y'],
    ],
    ['comments that keep the connection alive', ': ping\n\n:\n\ndata: x\n\n', ['message||x']],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['message||a', 'message||b']],
    ['CR alone', 'data: a\r\rdata: b\r\r', ['message||a', 'message||b']],
    ['no space after the colon, and only one taken', 'data:a\n\ndata:  b\n\n', ['message||a', 'message|| b']],
    ['a field without a colon', 'data\n\n', ['message||']],
    ['unknown fields', 'retry: 10\nfoo: bar\ndata: x\n\n', ['message||x']],
    ['a byte order mark', '\ufeffdata: x\n\n', ['message||x']],
    ['an event without data', 'event: ping\n\ndata: x\n\n', ['message||x']],
    ['a message that is cut by the end', 'data: x\n\ndata: y\n', ['message||x']],
    ['a line that is cut by the end', 'data: x\n\ndata: y', ['message||x']],
  ])('with %s', async (_what, text, expected) => {
    const events = await collect(serverSentEvents(chunked(text)))
    expect(events.map(({ event, id, data }) => `${event}|${id}|${data}`)).toEqual(expected)
  })

  test('are the same wherever the chunks are cut', async () => {
    const text = Buffer.from('event: ü\r\ndata: 模型\r\n: ping\r\n\r\ndata: 🚀\rdata: b\n\ndata: c\r\n\r\n')
    const whole = await collect(serverSentEvents(chunked(text)))
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: text.length }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(cuts, async (places) => {
        const sorted = [...places].sort((a, b) => a - b)
        expect(await collect(serverSentEvents(chunked(text, ...sorted)))).toEqual(whole)
      }),
    )
    expect(whole.map(({ data }) => data)).toEqual(['模型', '🚀\nb', 'c'])
  })
})

describe('JSON lines', () => {
  test('are parsed one by one, and empty ones are passed over', async () => {
    expect(await collect(jsonLines(chunked('{"a":1}\n\n[2]\r\n"x"', 3)))).toEqual([{ a: 1 }, [2], 'x'])
  })

  test.each(['{"a":1}\n{"b":', 'nonsense\n'])('that are none are an error: %j', async (text) => {
    await expect(collect(jsonLines(chunked(text)))).rejects.toThrow(SyntaxError)
  })
})
