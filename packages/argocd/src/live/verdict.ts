import { Failure } from '@mlops-actions/diagnostics'
import type { Application } from '../model/application.wire.ts'

/** What a wait waits for. */
export type Waiting =
  | 'not-compared'
  | 'older'
  | 'not-followed'
  | 'diverged'
  | 'proposed'
  | 'relation-unknown'
  | 'hydrating'
  | 'syncing'
  | 'earlier-sync'
  | 'comparison-failed'
  | 'out-of-sync'
  | 'turn'
  | 'not-judged'
  | 'health'
  | 'suspended'
  | 'unfinished'
  | 'pod-init'
  | 'pod-waits'
  | 'pod-runs'
  | 'behind'
  | 'rollout'
  | 'expected'
  | 'other-version'
  | 'confirming'
  | 'settling'

/**
 * What is said of one look: `blocked` is what only a rule or a person can end, `superseded` is live at a newer commit
 * that contains the wanted one.
 */
export type LiveVerdict =
  | { readonly status: 'pending'; readonly cause: Waiting; readonly reason: string }
  | {
      readonly status: 'live' | 'superseded'
      readonly cause: 'live'
      readonly reason: string
      readonly revision: string
      readonly notes: readonly string[]
      readonly isProven: boolean
    }
  | {
      readonly status: 'blocked' | 'failed'
      /** The code of the failure. */
      readonly cause: string
      readonly reason: string
      readonly failure: Failure
    }

export function waits(cause: Waiting, reason: string): LiveVerdict {
  return { status: 'pending', cause, reason }
}

/** What, of which kind, is in the way, and what to do. */
interface Obstacle {
  readonly kind: Failure['kind']
  readonly code: string
  readonly seen: string
  readonly next: string
  readonly retryable?: boolean
}

export function fails(application: Application, obstacle: Obstacle): LiveVerdict {
  return ends('failed', application, obstacle)
}

export function blocks(application: Application, obstacle: Omit<Obstacle, 'kind'>): LiveVerdict {
  return ends('blocked', application, { kind: 'policy', ...obstacle })
}

function ends(status: 'blocked' | 'failed', { metadata }: Application, obstacle: Obstacle): LiveVerdict {
  const what = status === 'failed' ? 'The commit is not live' : 'The commit is kept from becoming live'
  const failure = new Failure({ what, on: `Application ${metadata.name}`, ...obstacle })
  return { status, cause: obstacle.code, reason: obstacle.seen, failure }
}
