import type { FailureKind } from '@mlops-actions/diagnostics'

/** A child that ends by itself and whose output is its result. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string | undefined
  /** The whole environment of the child; see `childEnv`. */
  readonly env: Readonly<Record<string, string>>
  /** Goes to its standard input, which is closed in any case: the way for secrets, which never go into `args`. */
  readonly input?: string | Buffer | undefined
  /** As `TreeCommand` has them. */
  readonly files?: readonly number[] | undefined
  /** Milliseconds. Give one wherever the child could wait for something: a network, a lock, a prompt. */
  readonly timeout?: number | undefined
  /**
   * For a child that only computes, and so ends within moments whatever happens: it runs by @actions/exec, its standard
   * input stays open, and when the step is cancelled it is not ended but left to end by itself. A `timeout` or an
   * `input` overrules it. Default false.
   */
  readonly short?: boolean | undefined
  /** Bytes kept of each output; the rest is read and dropped. Default 16 MiB. */
  readonly maxOutput?: number | undefined
  /** First part of a failure: "Cannot read the history". */
  readonly what: string
  /** Second part of a failure. Default: the program's name. */
  readonly on?: string | undefined
  /** Exit codes other than 0 that are an answer: `git diff --exit-code` has 1. */
  readonly tolerate?: readonly number[] | undefined
  /** Better words for an exit code, for callers that know the program. */
  readonly explain?: (
    result: CommandResult,
  ) => { kind?: FailureKind; code?: string; seen?: string; next?: string } | undefined
}

export interface CommandResult {
  readonly exitCode: number
  /** As UTF-8; bytes that are none show as U+FFFD. Not sanitized. */
  readonly stdout: string
  readonly stderr: string
  /** The same bytes unchanged: file names need not be UTF-8. */
  readonly stdoutBytes: Buffer
  /** Whether output beyond `maxOutput` was dropped. */
  readonly truncated: boolean
}

/** Collects output up to a limit. */
export interface Collector {
  push(chunk: Buffer): void
  bytes(): Buffer
  readonly truncated: () => boolean
}

export const MAX_OUTPUT = 16 * 1024 * 1024

export function createCollector(limit: number): Collector {
  const chunks: Buffer[] = []
  let size = 0
  let dropped = false
  return {
    push(chunk) {
      const kept = chunk.subarray(0, Math.max(0, limit - size))
      if (kept.length < chunk.length) dropped = true
      if (kept.length > 0) chunks.push(kept)
      size += kept.length
    },
    bytes: () => Buffer.concat(chunks),
    truncated: () => dropped,
  }
}
