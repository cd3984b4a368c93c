import type { Workspace } from '../workspace.wire.ts'

/** One floor of the house: who lives on it and from which floors they may import. */
export type Floor = {
  readonly floor: number | 'dev'
  readonly packages: readonly string[]
  readonly mayUse: readonly number[]
  /** Packages of those floors that are closed to this one all the same. */
  readonly except?: readonly string[]
}

/** Questions that the rules ask of the table of floors. */
export type Floors = {
  floorOf(workspace: Workspace): Floor['floor'] | undefined
  isDev(workspace: Workspace): boolean
  isRunner(workspace: Workspace): boolean
  mayImport(importer: Workspace, target: Workspace): boolean
}

/** The floor that alone may touch the environment, the standard streams and the runner's files. */
const RUNNER_FLOOR = 5
const ACTION_FLOOR = 6

/** Turns the table into answers. Actions are the top floor by being actions; the table lists packages only. */
export function floorsOf(table: readonly Floor[]): Floors {
  const rowOf = ({ kind, folder }: Workspace): Floor | undefined =>
    table.find(({ floor, packages }) =>
      kind === 'action' ? floor === ACTION_FLOOR : packages.includes(folder),
    )
  return {
    floorOf: (workspace) => rowOf(workspace)?.floor,
    isDev: (workspace) => rowOf(workspace)?.floor === 'dev',
    isRunner: (workspace) => rowOf(workspace)?.floor === RUNNER_FLOOR,
    mayImport: (importer, target) => {
      const row = rowOf(importer)
      const floor = rowOf(target)?.floor
      if (row === undefined || typeof floor !== 'number') return false
      return row.mayUse.includes(floor) && !row.except?.includes(target.folder)
    },
  }
}
