import type { FailureKind } from './failure.ts'

/** What the operating system refused, where that is a state of the machine and no defect of the program. */
export interface SystemTrouble {
  readonly kind: FailureKind
  /** `ENOSPC` and its like. */
  readonly errno: string
  /** The file, where the system names it; a write to an open one has no name. */
  readonly path: string | undefined
  readonly seen: string
  readonly next: string
}

const SPACE = 'Free space on the runner, or take one with a larger disk; then run the step again'
const RIGHTS =
  'Let the user of the runner read and write there; a step in a container may have left files of root behind'

/** By the names of errno(3). */
const STATES: Readonly<Record<string, Pick<SystemTrouble, 'kind' | 'seen' | 'next'>>> = {
  ENOSPC: { kind: 'quota', seen: 'the disk is full', next: SPACE },
  EDQUOT: { kind: 'quota', seen: 'the quota of the disk is used up', next: SPACE },
  EROFS: { kind: 'config', seen: 'the file system is read-only', next: RIGHTS },
  EACCES: { kind: 'config', seen: 'the user of the runner may not', next: RIGHTS },
  EPERM: { kind: 'config', seen: 'the user of the runner may not', next: RIGHTS },
}

/** Of a refused file; `EACCES` of a port or a program is not one. */
export function systemTrouble(thrown: unknown): SystemTrouble | undefined {
  const errno = textIn(thrown, 'code') ?? ''
  const state = Object.hasOwn(STATES, errno) ? STATES[errno] : undefined
  const path = textIn(thrown, 'path')
  const isOfFile = path !== undefined || textIn(thrown, 'syscall') === 'write'
  if (state === undefined || !isOfFile || textIn(thrown, 'syscall')?.startsWith('spawn')) return undefined
  return { ...state, errno, path, seen: `${state.seen} (${textIn(thrown, 'message') ?? errno})` }
}

function textIn(thrown: unknown, key: string): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  const value: unknown = Reflect.get(thrown, key)
  return typeof value === 'string' ? value : undefined
}
