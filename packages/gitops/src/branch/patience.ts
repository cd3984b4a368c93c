import { Failure, type World } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import { fullJitter } from '@mlops-actions/wait'

const BACKOFF = { base: 500, cap: 20_000 } as const
const PATIENT_TRIES = 5

/** Longer each time and never the same, so that writers who met do not meet again. @param attempts 1 after the first try */
export async function pauseBeforeTry(world: World, attempts: number, why: string): Promise<void> {
  const ms = fullJitter(attempts - 1, { ...BACKOFF, random: world.random })
  world.log.info(`Try ${attempts}: ${why}; next try in ${formatDuration(ms)}`)
  await world.sleep(ms)
}

/** Does again what does no harm when it is done twice, while the trouble with it is one that passes. @throws Failure */
export async function patiently<T>(world: World, act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (
        !(error instanceof Failure) ||
        !isPassing(error) ||
        world.signal.aborted ||
        attempt === PATIENT_TRIES
      )
        throw error
      world.log.info(`${error.message} Trying again.`)
      await world.sleep(fullJitter(attempt - 1, { ...BACKOFF, random: world.random }))
    }
  }
}

/** Limits of the API have been waited for by then; git does not tell how long they last. */
function isPassing({ kind, code, retryable }: Failure): boolean {
  return code === 'GIT_RATE_LIMIT' || ((kind === 'upstream' || kind === 'timeout') && retryable)
}
