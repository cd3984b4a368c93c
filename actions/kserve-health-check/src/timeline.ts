import type { World } from '@mlops-actions/diagnostics'
import { formatDuration } from '@mlops-actions/text'
import type { Findings } from './findings.ts'

export type PhaseRunner = <T>(name: string, body: () => Promise<T>) => Promise<T>

/** Runs parts of the check and notes from when to when each took, also when it fails. */
export function timed(world: World, findings: Findings): PhaseRunner {
  return async (name, body) => {
    const from = world.now()
    try {
      const value = await body()
      world.log.info(`${name}: done after ${formatDuration(world.now() - from)}`)
      return value
    } finally {
      findings.phases.push({ name, from, to: world.now() })
    }
  }
}
