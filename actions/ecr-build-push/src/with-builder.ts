import { mayBeOpened } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Builder, ReadyBuilder } from './builder.ts'

/** A build that takes longer than that is worth the question whether it can come to a good end. */
const LONG_BUILD_MS = 2_000

/** What a build is to come to. */
export interface BuildAim<T> {
  /** Registries that the step has credentials of. */
  readonly hosts: readonly string[]
  /** Whether that can have come of no buildx that is too old. */
  readonly isProof: (result: T) => boolean
}

/**
 * Builds without asking first whether this buildx can do our work: the answer takes as long as half of a cached build. It is asked
 * where the build fails, proves nothing, or takes long; an answer that is a failure ends the build, and is what comes of it.
 *
 * A buildx that is too old knows nothing of the step's credentials. Where the user has a login of the same registry it would
 * push with that, so there the answer is waited for; without one its push is refused.
 * @throws Failure what `ready` and `work` throw
 */
export async function withBuilder<T>(
  world: ActionWorld,
  builder: Builder,
  { hosts, isProof }: BuildAim<T>,
  work: (world: ActionWorld, builder: ReadyBuilder) => Promise<T>,
): Promise<T> {
  const likely = (await mayBeOpened(world.env, hosts)) ? undefined : builder.likely()
  if (likely === undefined) return work(world, await builder.ready())
  const refused = new AbortController()
  let isOver = false
  const askLate = async (): Promise<void> => {
    await world.sleep(LONG_BUILD_MS)
    if (!isOver) await builder.ready()
  }
  askLate().catch((failure: unknown) => refused.abort(failure))
  const signal = AbortSignal.any([world.signal, refused.signal])
  const [built] = await Promise.allSettled([work({ ...world, signal }, likely)])
  isOver = true
  if (built.status === 'rejected' || !isProof(built.value)) await builder.ready()
  if (built.status === 'rejected') throw built.reason
  return built.value
}
