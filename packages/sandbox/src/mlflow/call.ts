import type { Input } from './input.wire.ts'
import type { JsonObject } from './present.ts'
import type { MlflowState } from './state.ts'

export interface CallWorld {
  /** Milliseconds since the epoch. */
  now(): number
}

/** One REST call: reads its input, changes the state, returns the answer's JSON; errors are thrown as MlflowError. */
export type Call = (input: Input, state: MlflowState, world: CallWorld) => JsonObject
