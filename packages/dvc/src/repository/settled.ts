import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { lockRepository } from './lock.ts'

/**
 * What is read of a repository that DVC may be writing to in the same moment: it replaces none of its files whole, so that
 * one of them can be there by half. Where that may be why it cannot be read, it is read once more under DVC's lock.
 * @throws Failure what `read` throws, or `conflict` where the lock is not to be had
 */
export async function readSettled<T>(world: World, root: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    // Where there is no file to lock, no DVC has ever been at work.
    const isUsed = await access(join(root, '.dvc/tmp/lock')).then(
      () => true,
      () => false,
    )
    if (!isUsed || !(error instanceof Failure) || error.kind !== 'config') throw error
  }
  const release = await lockRepository(world, { root, config: { hardlinkLock: false } })
  try {
    return await read()
  } finally {
    await release()
  }
}
