/** One line of `--progress rawjson`: what changed (moby/buildkit client/graph.go, SolveStatus). */
export interface SolveStatus {
  readonly vertexes: readonly Vertex[]
  readonly statuses: readonly { readonly vertex: string; readonly id: string }[]
  readonly logs: readonly { readonly vertex: string; readonly data: Buffer }[]
}

/** A node of the build: a step of the Dockerfile, or work of BuildKit's own. */
export interface Vertex {
  readonly digest: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly started: number | undefined
  readonly completed: number | undefined
  readonly cached: boolean
  readonly error: string | undefined
}

/** Undefined for a line that is no status: what buildx itself says stands between them as plain text. */
export function parseSolveStatus(line: string): SolveStatus | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const status = record(JSON.parse(line))
    return {
      vertexes: list(status['vertexes']).map(parseVertex),
      statuses: list(status['statuses']).map((one) => ({ vertex: text(one['vertex']), id: text(one['id']) })),
      logs: list(status['logs']).map((one) => ({
        vertex: text(one['vertex']),
        data: Buffer.from(text(one['data']), 'base64'),
      })),
    }
  } catch {
    return undefined
  }
}

function parseVertex(vertex: Record<string, unknown>): Vertex {
  const error = text(vertex['error'])
  return {
    digest: text(vertex['digest']),
    name: text(vertex['name']),
    started: time(vertex['started']),
    completed: time(vertex['completed']),
    cached: vertex['cached'] === true,
    error: error === '' ? undefined : error,
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function list(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function time(value: unknown): number | undefined {
  const at = Date.parse(text(value))
  return Number.isNaN(at) ? undefined : at
}
