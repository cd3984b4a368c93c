import { type EcrApi, fetchToken, mayBeOpened, type RegistryToken } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Builder } from './builder.ts'
import { type Origin, readOrigin } from './origin.ts'
import type { BuildPlan } from './plan.ts'

/** What every build needs, whatever stands in the repository: each is asked for once, when somebody wants it. */
export interface BuildNeeds {
  token(): Promise<RegistryToken>
  origin(): Promise<Origin>
  readonly builder: Builder
  /** Asks for all of it now. What goes wrong is said to who waits for it. */
  begin(): void
}

export function openNeeds(world: ActionWorld, ecr: EcrApi, { request, builder }: BuildPlan): BuildNeeds {
  const token = once(() => fetchToken(world, ecr))
  const origin = once(() => readOrigin(world, request.context))
  /** Where a build would wait for its builder; elsewhere the question would only take processor time away from the build. */
  const awaitedBuilder = async (): Promise<void> => {
    const isAwaited = builder.likely() === undefined || (await mayBeOpened(world.env))
    if (isAwaited) await builder.ready()
  }
  const begin = (): void => {
    for (const asked of [token(), origin(), awaitedBuilder()]) asked.catch(() => undefined)
  }
  return { token, origin, builder, begin }
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask()
    return asked
  }
}
