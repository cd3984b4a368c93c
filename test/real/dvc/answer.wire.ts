import type { Finished } from '../../../scripts/command.ts'

/** Reads one line of server.py. Throws for anything else. */
export function parseAnswer(line: string): Finished & { readonly id: number } {
  const answer: unknown = JSON.parse(line)
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'id' in answer &&
    'code' in answer &&
    'output' in answer
  ) {
    const { id, code, output } = answer
    if (typeof id === 'number' && typeof code === 'number' && typeof output === 'string')
      return { id, code, output }
  }
  throw new Error(`server.py said: ${line}`)
}

/** An output as a reader of DVC's files sees it. */
export interface ReadOutput {
  /** Relative to the folder of the file. */
  readonly path: string
  readonly oid: string | null
  readonly hash: string
  readonly size: number | null
  readonly nfiles: number | null
  readonly isexec: boolean
  readonly cache: boolean
  readonly push: boolean
  readonly remote: string | null
}

export interface ReadStage {
  /** '' in a `.dvc` file. */
  readonly name: string
  readonly deps: readonly string[]
  readonly outs: readonly ReadOutput[]
}

export type Reading = { readonly stages: readonly ReadStage[] } | { readonly refused: string }

/** Reads the last line of what reading.py prints; before it stands whatever DVC had to say. */
export function parseReadings(output: string): readonly Reading[] {
  const readings: unknown = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '')
  if (Array.isArray(readings) && readings.every(isReading)) return readings
  throw new Error(`reading.py said: ${output.slice(0, 2000)}`)
}

function isReading(value: unknown): value is Reading {
  return typeof value === 'object' && value !== null && ('stages' in value || 'refused' in value)
}
