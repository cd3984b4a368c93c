import { createRegistryState, type RegistryState } from '../registry/state.ts'
import { DEFAULT_PRINCIPAL, type Principal } from '../sigv4/index.ts'

export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNDEFINED'

/** One vulnerability as the scanner will report it, in the form of basic or of enhanced scanning. */
export interface Vulnerability {
  readonly name: string
  readonly severity: Severity
  readonly packageName: string
  readonly packageVersion: string
  readonly fixedInVersion?: string
}

export type ScanStatus =
  | 'COMPLETE'
  | 'ACTIVE'
  | 'FAILED'
  | 'IN_PROGRESS'
  | 'PENDING'
  | 'UNSUPPORTED_IMAGE'
  | 'FINDINGS_UNAVAILABLE'
  | 'LIMIT_EXCEEDED'
  | 'SCAN_ELIGIBILITY_EXPIRED'
  | 'IMAGE_ARCHIVED'

export interface Scanner {
  /** ENHANCED (Amazon Inspector) scans what is pushed by itself, ends in ACTIVE and knows fixes. */
  mode: 'BASIC' | 'ENHANCED'
  /** Milliseconds from the start until findings are there. */
  durationMs: number
  /** Status that a finished scan shows; default COMPLETE (BASIC) or ACTIVE (ENHANCED). */
  outcome: ScanStatus | undefined
  /** Found in every image; `findingsByDigest` wins for its image. */
  findings: readonly Vulnerability[]
  readonly findingsByDigest: Map<string, readonly Vulnerability[]>
  /** `repository@digest` -> start in milliseconds since the epoch. */
  readonly startedAt: Map<string, number>
}

/** Account and region of the API; images, repositories and passwords are those of the registry. */
export interface EcrState {
  readonly registry: RegistryState
  readonly principals: Principal[]
  readonly scanner: Scanner
}

export interface EcrStateOptions {
  readonly accountId?: string
  readonly region?: string
  readonly principals?: readonly Principal[]
  readonly registry?: RegistryState
}

export function createEcrState(options: EcrStateOptions = {}): EcrState {
  return {
    registry: options.registry ?? createRegistryState(options),
    principals: [...(options.principals ?? [DEFAULT_PRINCIPAL])],
    scanner: {
      mode: 'BASIC',
      durationMs: 0,
      outcome: undefined,
      findings: [],
      findingsByDigest: new Map(),
      startedAt: new Map(),
    },
  }
}
