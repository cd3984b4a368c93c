export { fullJitter, spread } from './backoff.ts'
export { createProgress, type Progress } from './progress.ts'
export { done, failed, pending, type Verdict } from './verdict.ts'
export { type Waited, type WaitOptions, waitFor } from './wait-for.ts'
