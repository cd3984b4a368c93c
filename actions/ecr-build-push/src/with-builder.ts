import { mayBeOpened } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Builder, ReadyBuilder } from './builder.ts'

/**
 * Builds beside the question whether this buildx can do our work, since an answer that is waited for is time in which nothing
 * is built. Whatever comes of the build, the answer counts: one that is a failure ends it.
 *
 * A buildx that is too old knows nothing of the step's credentials. Where the user has a login of the same registry it would
 * push with that, so there the answer is waited for; without one it can push nothing.
 * @param hosts registries that the step has credentials of
 * @throws Failure what `ready` and `work` throw
 */
export async function withBuilder<T>(
  world: ActionWorld,
  builder: Builder,
  hosts: readonly string[],
  work: (world: ActionWorld, builder: ReadyBuilder) => Promise<T>,
): Promise<T> {
  const ready = builder.ready()
  const refused = new AbortController()
  ready.catch((failure: unknown) => refused.abort(failure))
  const likely = (await mayBeOpened(world.env, hosts)) ? undefined : builder.likely()
  if (likely === undefined) return work(world, await ready)
  const signal = AbortSignal.any([world.signal, refused.signal])
  const [built, answer] = await Promise.allSettled([work({ ...world, signal }, likely), ready])
  if (answer.status === 'rejected') throw answer.reason
  if (built.status === 'rejected') throw built.reason
  return built.value
}
