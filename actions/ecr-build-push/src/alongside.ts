import type { ActionWorld } from '@mlops-actions/runner'

/**
 * Does work while a check runs, which then costs no time where all is well. Where it fails, the work is ended as a cancel
 * would end it, and the check's failure is the answer, whatever came of the work.
 */
export async function alongside<T>(
  world: ActionWorld,
  check: (world: ActionWorld) => Promise<unknown>,
  work: (world: ActionWorld) => Promise<T>,
): Promise<T> {
  const ended = new AbortController()
  const signal = AbortSignal.any([world.signal, ended.signal])
  const checked = check(world).catch((thrown: unknown) => {
    ended.abort(thrown)
    throw thrown
  })
  const [ok, done] = await Promise.allSettled([checked, work({ ...world, signal })])
  if (ok.status === 'rejected') throw ok.reason
  if (done.status === 'rejected') throw done.reason
  return done.value
}
