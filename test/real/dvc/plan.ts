import { type ImportPlan, planImports } from './plan-imports.ts'
import { type PipelinePlan, planPipelines } from './plan-pipelines.ts'
import { planTracked, type TrackedPlan } from './plan-tracked.ts'
import { createRandom } from './random.ts'
import type { DvcVersion } from './versions.ts'

/** What one random repository is to be; the seed alone decides all of it. */
export interface RepositoryPlan {
  readonly seed: number
  /** Which DVC makes it, and stands at the other end. */
  readonly version: Exclude<DvcVersion, 'legacy'>
  /** Whether DVC stands there as users start it, a process for each command. */
  readonly throughCommandLine: boolean
  /** Folder of the DVC repository in the git repository; '' for its root. */
  readonly root: string
  /** In the bucket; '' for all of it. */
  readonly prefix: string
  readonly tracked: readonly TrackedPlan[]
  /** Recorded by DVC 2.58, under its own names of objects. */
  readonly legacy: readonly TrackedPlan[]
  readonly pipelines: readonly PipelinePlan[]
  /** Run by DVC 2.58. */
  readonly legacyPipelines: readonly PipelinePlan[]
  readonly imports: readonly ImportPlan[]
  /** Whether a DVC repository of its own lies in a folder of it. */
  readonly nested: boolean
}

/** Every so many repositories go through the command line: one takes as long as several others. */
const COMMAND_LINE_EVERY = 20

export function planRepository(seed: number): RepositoryPlan {
  const random = createRandom(seed)
  const version = random.pick<RepositoryPlan['version']>(['newest', '2024'])
  return {
    seed,
    version,
    throughCommandLine: seed % COMMAND_LINE_EVERY === 7,
    root: random.pick(['', '', '', 'ml', 'pro jects/\u00e9']),
    prefix: random.pick(['dvc', 'a/b c/\u00e9', '']),
    tracked: planTracked(random, '', random.integer(1, 5), version),
    legacy: random.chance(0.3) ? planTracked(random, 'legacy data', random.integer(1, 2), 'legacy') : [],
    pipelines: random.chance(0.6) ? planPipelines(random, 'pipe', random.integer(1, 3), version) : [],
    legacyPipelines: random.chance(0.15) ? planPipelines(random, 'old', 1, 'legacy') : [],
    imports: random.chance(0.25) ? planImports(random, random.integer(1, 2)) : [],
    nested: random.chance(0.15),
  }
}
