import { createRegistryState, type RegistryState } from '../registry/state.ts'
import { DEFAULT_PRINCIPAL, type Principal } from '../sigv4/index.ts'

/** UNTRIAGED is Amazon Inspector's: enhanced scanning only. */
export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNDEFINED' | 'UNTRIAGED'

/** One vulnerability as the scanner will report it, in the form of basic or of enhanced scanning. */
export interface Vulnerability {
  readonly name: string
  readonly severity: Severity
  readonly packageName: string
  readonly packageVersion: string
  readonly fixedInVersion?: string
  /** Enhanced scanning only; default YES where a version has the fix, else NO. */
  readonly fixAvailable?: 'YES' | 'NO' | 'PARTIAL'
  /** Enhanced scanning only; default ACTIVE. */
  readonly status?: 'ACTIVE' | 'SUPPRESSED' | 'CLOSED'
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
  /** Milliseconds from the start during which there is no scan yet, as far as one can ask. */
  noticedAfterMs: number
  /** Milliseconds from the start until the scan says that it is done. */
  durationMs: number
  /** Milliseconds for which a scan that says so shows an empty list all the same (ENHANCED; aws/aws-sdk#289). */
  lagMs: number
  /** Status that a finished scan shows; default COMPLETE (BASIC) or ACTIVE (ENHANCED). */
  outcome: ScanStatus | undefined
  /** Found in every image; `findingsByDigest` wins for its image. */
  findings: readonly Vulnerability[]
  readonly findingsByDigest: Map<string, readonly Vulnerability[]>
  /** Wins over `outcome` for its image. */
  readonly outcomeByDigest: Map<string, ScanStatus>
  /** `repository@digest` -> start in milliseconds since the epoch. */
  readonly startedAt: Map<string, number>
}

/** Account and region of the API; images, repositories and passwords are those of the registry. */
export interface EcrState {
  readonly registry: RegistryState
  readonly principals: Principal[]
  readonly scanner: Scanner
  /** KMS keys of this account and region by id, ARN or alias -> ARN; ECR's own, `alias/aws/ecr`, is always there. */
  readonly kmsKeys: Map<string, string>
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
    kmsKeys: new Map(),
    scanner: {
      mode: 'BASIC',
      noticedAfterMs: 0,
      durationMs: 0,
      lagMs: 0,
      outcome: undefined,
      findings: [],
      findingsByDigest: new Map(),
      outcomeByDigest: new Map(),
      startedAt: new Map(),
    },
  }
}
