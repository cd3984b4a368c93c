import { parseSolveStatus, type SolveStatus, type Vertex } from './solve-status.wire.ts'

/** What one step of a build did. */
export interface BuildStep {
  /** As BuildKit names it: `[build 2/4] RUN pip install -r requirements.txt`. */
  readonly name: string
  /** Milliseconds; undefined while it has not ended. */
  readonly took: number | undefined
  readonly cached: boolean
  readonly error: string | undefined
  /** Its last lines of output, not sanitized. */
  readonly output: readonly string[]
}

/** All that a build has said so far. */
export interface BuildRecord {
  readonly steps: readonly BuildStep[]
  /** What buildx said beside the progress: the frame of the Dockerfile and `ERROR: …`. */
  readonly text: readonly string[]
  /** What was made, as far as it was said: digests of the manifest and of the configuration. */
  readonly made: { readonly manifest: string | undefined; readonly config: string | undefined }
}

export interface Recorder {
  push(chunk: Buffer): void
  end(): void
  record(): BuildRecord
}

const KEPT_OUTPUT = 20
const KEPT_TEXT = 80
/** A longer line is not kept: one status of a build is a few hundred bytes, one piece of a log at most some KiB. */
const LONGEST_LINE = 1024 * 1024
const LONGEST_SHOWN = 2_000

interface Work {
  vertex: Vertex
  readonly number: number
  output: string[]
  rest: string
  announced: boolean
  ended: boolean
}

/**
 * Reads the error output of `buildx build --progress=rawjson`.
 * @param say called with every line that a person wants to see while it runs, not sanitized
 */
export function createRecorder(say: (line: string) => void): Recorder {
  const works = new Map<string, Work>()
  const texts: string[] = []
  const digests = new Map<string, string>()
  let rest = ''
  const take = (line: string): void => {
    const status = parseSolveStatus(line)
    if (status !== undefined) follow(status, works, digests, say)
    else if (line.trim() !== '') {
      keep(texts, line, KEPT_TEXT)
      say(line)
    }
  }
  return {
    push(chunk) {
      const lines = `${rest}${chunk.toString('latin1')}`.split('\n')
      rest = (lines.pop() ?? '').slice(0, LONGEST_LINE)
      for (const line of lines) take(decode(line))
    },
    end() {
      if (rest !== '') take(decode(rest))
      rest = ''
      for (const work of works.values()) flush(work, say)
    },
    record: () => ({ steps: [...works.values()].map(toStep), text: [...texts], made: madeOf(digests) }),
  }
}

/** Bytes are kept as Latin-1 until a line is whole, so that no chunk ends inside of a character. */
function decode(line: string): string {
  return Buffer.from(line, 'latin1').toString('utf8').replace(/\r$/, '')
}

function follow(
  { vertexes, statuses, logs }: SolveStatus,
  works: Map<string, Work>,
  digests: Map<string, string>,
  say: (line: string) => void,
): void {
  for (const vertex of vertexes) update(vertex, works, say)
  for (const { id } of statuses) note(id, digests)
  for (const { vertex, data } of logs) {
    const work = works.get(vertex)
    if (work === undefined) continue
    const lines = `${work.rest}${data.toString('utf8')}`.split(/\r\n|\n|\r/)
    work.rest = (lines.pop() ?? '').slice(-LONGEST_SHOWN)
    for (const line of lines) output(work, line, digests, say)
  }
}

function update(vertex: Vertex, works: Map<string, Work>, say: (line: string) => void): void {
  const known = works.get(vertex.digest)
  const work = known ?? {
    vertex,
    number: works.size + 1,
    output: [],
    rest: '',
    announced: false,
    ended: false,
  }
  work.vertex = vertex
  if (known === undefined) works.set(vertex.digest, work)
  if (isInternal(vertex.name)) return
  if (vertex.started !== undefined && !work.announced) {
    work.announced = true
    say(`#${work.number} ${vertex.name}`)
  }
  if (vertex.completed === undefined || work.ended) return
  work.ended = true
  flush(work, say)
  say(`#${work.number} ${endOf(vertex)}`)
}

function endOf(vertex: Vertex): string {
  if (vertex.error !== undefined) return `failed: ${vertex.error}`
  return vertex.cached ? 'cached' : `done in ${((tookOf(vertex) ?? 0) / 1000).toFixed(1)} s`
}

function isInternal(name: string): boolean {
  return name.startsWith('[internal]') || name.startsWith('[auth]') || name === ''
}

function output(work: Work, line: string, digests: Map<string, string>, say: (line: string) => void): void {
  note(line, digests)
  keep(work.output, line, KEPT_OUTPUT)
  say(`#${work.number} │ ${line}`)
}

function flush(work: Work, say: (line: string) => void): void {
  if (work.rest === '') return
  const line = work.rest
  work.rest = ''
  keep(work.output, line, KEPT_OUTPUT)
  say(`#${work.number} │ ${line}`)
}

/** Digests stand in what the exporter says it does; the last word on the manifest is the one that is pushed. */
function note(said: string, digests: Map<string, string>): void {
  const [, verb, digest] =
    /^(pushing manifest for|exporting manifest list|exporting manifest|exporting config|writing image) (?:\S+@)?(sha256:[0-9a-f]{64})/.exec(
      said,
    ) ?? []
  if (verb !== undefined && digest !== undefined) digests.set(verb, digest)
}

function madeOf(digests: ReadonlyMap<string, string>): BuildRecord['made'] {
  return {
    manifest:
      digests.get('pushing manifest for') ??
      digests.get('exporting manifest list') ??
      digests.get('exporting manifest'),
    config: digests.get('exporting config') ?? digests.get('writing image'),
  }
}

function keep(lines: string[], line: string, most: number): void {
  lines.push(line.slice(0, LONGEST_SHOWN))
  if (lines.length > most) lines.shift()
}

function toStep({ vertex, output }: Work): BuildStep {
  const { name, cached, error } = vertex
  return { name, took: tookOf(vertex), cached, error, output: [...output] }
}

function tookOf({ started, completed }: Vertex): number | undefined {
  return started === undefined || completed === undefined ? undefined : completed - started
}
