import type { RunResult, StandInRow } from '@mlops-actions/workflow-runner'
import type { Entry } from './describe.ts'
import type { Traffic } from './prober.ts'
import type { Meter } from './run.ts'

export type ScenarioName = 'today' | 'broken' | 'fixed'

/** Something that the story says, and whether it was so. */
export interface Claim {
  readonly text: string
  readonly held: boolean
  /** What was seen, where it did not hold. */
  readonly seen: string
}

/** A thing that exists on a server because of the story, with the name by which it can be found again. */
export interface RemoteObject {
  readonly system: string
  readonly what: string
  readonly identity: string
}

/** One act of the story, told to its end. */
export interface Scene {
  readonly name: ScenarioName
  readonly title: string
  readonly workflow: string
  /** Commit of the product. */
  readonly commit: string
  readonly result: RunResult
  readonly entries: readonly Entry[]
  readonly meters: readonly Meter[]
  readonly traffic: Traffic
  /** What the ready pods were made of when the run had ended. */
  readonly serving: string
  /** The sentence at its end. */
  readonly verdict: string
  /** What the run does not tell, and what happened after it. */
  readonly notes: readonly string[]
  readonly claims: readonly Claim[]
  readonly objects: readonly RemoteObject[]
  /** What ran in place of actions of others. */
  readonly standIns: readonly StandInRow[]
  /** What was posted to Slack. */
  readonly messages: readonly string[]
}

export function claim(text: string, held: boolean, seen: unknown): Claim {
  return { text, held, seen: typeof seen === 'string' ? seen : JSON.stringify(seen) }
}
