import { Expected, parseEnum, parseKeyValues } from '@mlops-actions/text'

/** The steps of a deployment in their order; the last three are the way back. */
export const STEP_NAMES = ['bump', 'sync', 'health', 'rollback', 'resync', 'restored'] as const
export type StepName = (typeof STEP_NAMES)[number]

const OUTCOMES = ['success', 'failure', 'cancelled', 'skipped'] as const
export type StepOutcome = (typeof OUTCOMES)[number]

export type Outcomes = Readonly<Record<StepName, StepOutcome>>

/**
 * Lines of `bump=success`, as GitHub calls outcomes. It has no word for a step that it did not come to, and a step that is
 * not named at all was not there: both were skipped.
 * @throws Expected
 */
export function parseOutcomes(text: string): Outcomes {
  const given = parseKeyValues(text)
  const unknown = [...given.keys()].filter((name) => !STEP_NAMES.some((known) => known === name))
  if (unknown.length > 0) throw new Expected(`steps among ${STEP_NAMES.join(', ')}`)
  const outcomeOf = (name: StepName): StepOutcome => parseEnum(given.get(name) || 'skipped', OUTCOMES)
  return {
    bump: outcomeOf('bump'),
    sync: outcomeOf('sync'),
    health: outcomeOf('health'),
    rollback: outcomeOf('rollback'),
    resync: outcomeOf('resync'),
    restored: outcomeOf('restored'),
  }
}
