import { isDeepStrictEqual } from 'node:util'
import { Failure } from '@mlops-actions/diagnostics'
import { assertNotBeingWritten, lockRepository, type Repository, readRepository } from '@mlops-actions/dvc'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Outcome } from './outcome.ts'

/**
 * Does the work while no `dvc` command and no other step can use this checkout. Where nothing is written, nobody has to be
 * kept out.
 * @param work told whether somebody else had the checkout meanwhile, so that the plan may not hold any more
 * @throws Failure `conflict` while DVC itself is at work
 */
export async function underLock(
  world: ActionWorld,
  planned: Outcome,
  work: (isLate: boolean) => Promise<Outcome>,
): Promise<Outcome> {
  const { repository, revision } = planned
  const paths = pathsToWrite(planned)
  if (paths.length === 0) return work(false)
  if (repository.config.hardlinkLock)
    world.log.info('core.hardlink_lock is set: DVC is not kept out meanwhile')
  let isLate = false
  const release = repository.config.hardlinkLock
    ? async () => {}
    : await lockRepository(world, repository, () => {
        isLate = true
      })
  try {
    await assertNotBeingWritten(repository.root, paths)
    if (revision === undefined) await assertUnchanged(world, repository)
    return await work(isLate)
  } finally {
    await release()
  }
}

function pathsToWrite({ plan, extra }: Outcome): readonly string[] {
  const written = plan.files.filter(
    ({ file, step }) => !file.cacheOnly && (step === 'fetch' || step === 'place'),
  )
  return [...new Set([...written.map(({ file }) => file.output), ...plan.unexecutable, ...extra])]
}

/** DVC may have recorded other data before the lock was had: what was planned would take that back. */
async function assertUnchanged({ env }: ActionWorld, { root, outputs }: Repository): Promise<void> {
  const now = await readRepository(root, { env })
  if (isDeepStrictEqual(now.outputs, outputs)) return
  throw new Failure({
    kind: 'conflict',
    code: 'DVC_CHANGED',
    what: 'The DVC repository has changed meanwhile',
    on: root,
    seen: 'its files name other data than when this step began: another process has recorded something',
    next: 'Run this step again, and let nothing else use this checkout at the same time',
    retryable: true,
  })
}
