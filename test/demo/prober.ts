import { Agent, request } from 'node:http'

/** How customers fared while something was going on. */
export interface Traffic {
  readonly sent: number
  /** Requests that got no answer, or one other than 200, with the first few reasons. */
  readonly lost: number
  readonly reasons: readonly string[]
  /** `X-Model-Version` of the answers to how many there were, in the order of their first one. */
  readonly versions: ReadonlyMap<string, number>
  /** The same in the order of time: who answered from when to when. */
  readonly spans: readonly Span[]
}

/** Answers in a row that came from the same version, or requests in a row that were lost (`undefined`). */
export interface Span {
  readonly version: string | undefined
  /** Milliseconds since the counting began. */
  readonly fromMs: number
  readonly toMs: number
}

export interface Prober {
  /** Counts from here on. */
  restart(): void
  traffic(): Traffic
  close(): Promise<void>
}

/** Milliseconds between an answer and the next request of each customer. */
const PAUSE = 15

/** Customers of the service: each sends one prediction after the other until the prober is closed. */
export function startProber(url: string, body: string, customers = 2): Prober {
  const agent = new Agent({ keepAlive: true, maxSockets: customers })
  let counted = emptyCounts()
  let over = false
  const customer = async (): Promise<void> => {
    while (!over) {
      const counts = counted
      const answer = await predict(agent, url, body)
      count(counts, answer)
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
  }
  const all = Promise.all(Array.from({ length: customers }, customer))
  return {
    restart: () => {
      counted = emptyCounts()
    },
    traffic: () => {
      const { sent, lost, reasons, versions, spans } = counted
      return { sent, lost, reasons: reasons.slice(0, 5), versions: new Map(versions), spans: [...spans] }
    },
    close: async () => {
      over = true
      await all
      agent.destroy()
    },
  }
}

interface Counts {
  readonly since: number
  readonly spans: Span[]
  sent: number
  lost: number
  readonly reasons: string[]
  readonly versions: Map<string, number>
}

function emptyCounts(): Counts {
  return { since: performance.now(), spans: [], sent: 0, lost: 0, reasons: [], versions: new Map() }
}

function count(counts: Counts, answer: Answer): void {
  counts.sent += 1
  const version = 'problem' in answer ? undefined : answer.version
  if ('problem' in answer) {
    counts.lost += 1
    counts.reasons.push(answer.problem)
  } else counts.versions.set(answer.version, (counts.versions.get(answer.version) ?? 0) + 1)
  extend(counts, version)
}

function extend({ spans, since }: Counts, version: string | undefined): void {
  const toMs = performance.now() - since
  const last = spans.at(-1)
  if (last?.version === version && last !== undefined) spans[spans.length - 1] = { ...last, toMs }
  else spans.push({ version, fromMs: last?.toMs ?? 0, toMs })
}

type Answer = { readonly version: string } | { readonly problem: string }

function predict(agent: Agent, url: string, body: string): Promise<Answer> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const call = request(url, { method: 'POST', agent, headers, timeout: 5_000 }, (answer) => {
      answer.on('error', (error) => resolve({ problem: error.message }))
      answer.resume().on('end', () => {
        const version = answer.headers['x-model-version']
        if (answer.statusCode === 200) resolve({ version: String(version ?? 'unnamed') })
        else resolve({ problem: `status ${answer.statusCode}` })
      })
    })
    call.on('timeout', () => call.destroy(new Error('no answer within 5 s')))
    call.on('error', (error) => resolve({ problem: error.message }))
    call.end(body)
  })
}
