import { readFile } from 'node:fs/promises'
import { messageOf } from '@mlops-actions/diagnostics'
import type { ActionWorld } from '@mlops-actions/runner'
import {
  type BumpReport,
  type HealthReport,
  readBumpReport,
  readHealthReport,
  readSyncReport,
  type SyncReport,
} from './reports.wire.ts'

/** What the steps report; of those that reported nothing, empty ones. */
export interface Reports {
  readonly bump: BumpReport
  readonly sync: SyncReport
  readonly health: HealthReport
  readonly rollback: BumpReport
  readonly restored: HealthReport
}

/** Reads the report files. One that cannot be read costs details, not the verdict. */
export async function readReports(paths: ReadonlyMap<string, string>, world: ActionWorld): Promise<Reports> {
  const json = async (step: string): Promise<unknown> => {
    const path = paths.get(step) ?? ''
    if (path === '') return undefined
    try {
      return JSON.parse(await readFile(path, 'utf8'))
    } catch (error) {
      world.log.warn(`The report of the step ${step} cannot be read: ${messageOf(error)}`)
      return undefined
    }
  }
  return {
    bump: readBumpReport(await json('bump')),
    sync: readSyncReport(await json('sync')),
    health: readHealthReport(await json('health')),
    rollback: readBumpReport(await json('rollback')),
    restored: readHealthReport(await json('restored')),
  }
}
