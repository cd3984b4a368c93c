import { type Failure, quoteForeignText, type World, withDetails } from '@mlops-actions/diagnostics'
import { startTree } from '@mlops-actions/process'
import { fullJitter, spread } from '@mlops-actions/wait'
import { type BuildRecord, createRecorder } from './build-record.ts'
import type { Program } from './docker.ts'
import { explainBuild } from './explain-build.ts'
import { nameLongInput } from './long-input.ts'
import { type BuildMetadata, readMetadata } from './metadata.wire.ts'

/** How a build ended. */
export interface BuildRun {
  readonly record: BuildRecord
  /** Absent where the build failed. */
  readonly metadata: BuildMetadata | undefined
  readonly failure: Failure | undefined
  /** How often it was run: a push that broke on the way is cheap to run again, since every step is in the cache. */
  readonly attempts: number
}

export interface BuildCommand {
  readonly buildx: Program
  /** As `buildxArguments` makes them. */
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment of buildx, credentials included. */
  readonly env: Readonly<Record<string, string>>
  /** Open files that the environment's builder is reached with. */
  readonly files?: readonly number[] | undefined
  readonly metadataFile: string
  /** `host/team/model`, for failures. */
  readonly image: string
  /** Whether it goes to ECR Public. */
  readonly isPublic?: boolean
}

const MOST_ATTEMPTS = 3

/**
 * Runs `buildx build` to its end, again where the push broke in a way that can pass, and shows its progress
 * in the log. The tree of processes dies when the step is cancelled; then this throws the reason.
 * A build that failed is an answer, not an exception.
 * @throws Failure `config` where buildx is missing, `cancelled`, `timeout`
 */
export async function runBuild(world: World, command: BuildCommand): Promise<BuildRun> {
  for (let attempts = 1; ; attempts++) {
    const run = await runOnce(world, command)
    const { failure } = run
    if (failure === undefined || !canPass(failure)) return { ...run, attempts }
    if (attempts === MOST_ATTEMPTS) return { ...run, attempts, failure: howOften(failure, attempts) }
    const pause = pauseAfter(failure, attempts, world)
    world.log.info(
      `${failure.details.what}: ${failure.details.seen}. Trying again in ${(pause / 1000).toFixed(1)} s`,
    )
    await world.sleep(pause)
  }
}

async function runOnce(world: World, command: BuildCommand): Promise<Omit<BuildRun, 'attempts'>> {
  const { buildx, args, cwd, env, files, metadataFile, image, isPublic = false } = command
  const recorder = createRecorder((line) => world.log.info(quoteForeignText(line)))
  const tree = await startTree(world, {
    file: buildx.file,
    args: [...buildx.first, ...args],
    cwd,
    env,
    files,
    what: 'Cannot build the image',
    onData: (chunk, output) => {
      if (output === 'stderr') recorder.push(chunk)
    },
  }).catch((thrown: unknown) => Promise.reject(nameLongInput(thrown, command)))
  const { exitCode } = await tree.exited
  recorder.end()
  world.signal.throwIfAborted()
  const record = recorder.record()
  if (exitCode !== 0)
    return { record, metadata: undefined, failure: explainBuild({ record, exitCode, image, isPublic }) }
  return { record, metadata: await readMetadata(metadataFile), failure: undefined }
}

/** Only what the network or a registry did on the way; a base image that its registry holds back has its own code. */
const PASSING = new Set(['ECR_THROTTLED', 'ECR_PUSH_INTERRUPTED', 'BASE_UNREACHABLE', 'BUILD_INTERRUPTED'])

/** Against a throttle BuildKit sends the same again five times within milliseconds: what waits is this. */
function pauseAfter({ code }: Failure, attempts: number, { random }: World): number {
  return code === 'ECR_THROTTLED'
    ? spread(5_000 * attempts, random)
    : fullJitter(attempts, { base: 1_000, cap: 15_000, random })
}

function canPass({ code }: Failure): boolean {
  return PASSING.has(code)
}

function howOften(failure: Failure, attempts: number): Failure {
  return withDetails(failure, { seen: `${failure.details.seen} (${attempts} times)` })
}
