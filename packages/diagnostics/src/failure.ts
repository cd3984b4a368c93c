/** What went wrong, in the words of the `failure-kind` output that every action has. */
export const FAILURE_KINDS = [
  'config',
  'auth',
  'not-found',
  'conflict',
  'rate-limit',
  'quota',
  'policy',
  'upstream',
  'workload',
  'timeout',
  'cancelled',
  'gate',
  'integrity',
  'internal',
] as const

export type FailureKind = (typeof FAILURE_KINDS)[number]

/** A value an action can put into one of its outputs; objects and lists are written as JSON. */
export type OutputValue = string | number | boolean | JsonValue

export type JsonValue =
  | null
  | string
  | number
  | boolean
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/** The kinds after which running the same step again can succeed without anybody changing anything. */
const RETRYABLE_KINDS: ReadonlySet<FailureKind> = new Set(['rate-limit', 'upstream', 'timeout', 'conflict'])

export interface FailureDetails {
  readonly kind: FailureKind
  /** Stable and greppable, in capitals: `GIT_PUSH_REJECTED`. */
  readonly code: string
  /** What failed: "Cannot push the commit". Becomes the title of the annotation. */
  readonly what: string
  /** On which thing: a host, a file with its line, an Application, a run id. */
  readonly on: string
  /** What was seen there: a status, the server's words, a value. */
  readonly seen: string
  /** What the reader should do next. */
  readonly next: string
  /** Whether the same step can succeed when run again unchanged; follows from the kind unless given. */
  readonly retryable?: boolean
  readonly cause?: unknown
  /** Outputs that are known in spite of the failure: a run id, a digest, a commit. */
  readonly outputs?: Readonly<Record<string, OutputValue | undefined>>
  /** Markdown for the job summary, where the action can say more than the four parts. */
  readonly summary?: string
  /** What the `report` output says of this failure. */
  readonly report?: JsonValue
}

/**
 * The one error type of this collection: a sentence in four parts, a kind and a code.
 * Everything that an action wants to tell its user about going wrong is one of these;
 * any other error that escapes is a defect and becomes `internal` (see {@link toFailure}).
 */
export class Failure extends Error {
  readonly details: FailureDetails

  constructor(details: FailureDetails) {
    super(formatFailure(details), details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'Failure'
    this.details = details
  }

  get kind(): FailureKind {
    return this.details.kind
  }

  get code(): string {
    return this.details.code
  }

  get retryable(): boolean {
    return this.details.retryable ?? RETRYABLE_KINDS.has(this.details.kind)
  }
}

/** The failure as one line: `what: on: seen. next`. */
export function formatFailure({ what, on, seen, next }: FailureDetails): string {
  return `${what}: ${on}: ${withStop(seen)} ${withStop(next)}`.trim()
}

/** The same failure with more known about it, for a caller that adds outputs or a summary on the way up. */
export function withDetails(failure: Failure, more: Partial<FailureDetails>): Failure {
  const outputs = { ...more.outputs, ...failure.details.outputs }
  return new Failure({ ...failure.details, ...more, outputs })
}

/** The failure with which a cancelled action ends. */
export function cancelled(cause?: unknown): Failure {
  return new Failure({
    kind: 'cancelled',
    code: 'CANCELLED',
    what: 'Cancelled',
    on: 'this step',
    seen: 'the runner asked it to stop',
    next: 'Run the job again to start over',
    cause,
  })
}

function withStop(sentence: string): string {
  return sentence === '' || /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}
