import { sanitizeLine } from '@mlops-actions/diagnostics'
import { nearestName } from '@mlops-actions/text'
import type { Problem } from './inputs.wire.ts'

/** Inputs that an action of the same trade has and this one has not, with what to do instead. */
export type Elsewhere = Readonly<Record<string, string>>

const PREFIX = 'INPUT_'

/** An input's name as it stands behind `INPUT_`: blanks as underscores, hyphens kept (actions/runner, Handler.cs). */
export function handedOnName(name: string): string {
  return name.replace(/ /g, '_').toUpperCase()
}

/**
 * Names of all inputs that the runner has handed on. It hands on whatever stands in `with:`, declared or not, and only
 * warns; a variable `INPUT_…` of the job's own `env:` looks the same.
 */
export function namesHandedOn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.keys(env).flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []))
}

/** Records a problem for each name that is not declared: what was meant by it is silently left away otherwise. */
export function refuseUndeclared(
  handedOn: readonly string[],
  declared: readonly string[],
  elsewhere: Elsewhere,
  problem: Problem,
): void {
  const known = new Set(declared.map(handedOnName))
  for (const name of handedOn.filter((one) => !known.has(handedOnName(one)))) {
    const written = name.toLowerCase()
    problem(sanitizeLine(written, 60), `is no input of this action${insteadOf(written, declared, elsewhere)}`)
  }
}

function insteadOf(written: string, declared: readonly string[], elsewhere: Elsewhere): string {
  const other = new Map(Object.entries(elsewhere)).get(written)
  if (other !== undefined) return `: ${other}`
  const near = nearestName(written, declared)
  if (near !== undefined) return `; did you mean \`${near}\`?`
  const variable = sanitizeLine(PREFIX + handedOnName(written), 66)
  return `; take it out of the \`with:\` of this step, or ${variable} out of \`env:\``
}
