import type { BoundOutput } from '../objects/inventory.ts'
import type { Problem } from '../objects/problem.ts'
import type { PushPlan } from './plan.ts'

/**
 * Pure: the plan without what is wrong with outputs of other commits, and that apart. Nobody can put a lost object of an old
 * commit right, so it stops nothing; it is neither sent itself nor promised by a list of files, and has to be told.
 */
export function setPastAside(
  plan: PushPlan,
  past: readonly Pick<BoundOutput, 'source'>[],
): { readonly plan: PushPlan; readonly aside: readonly Problem[] } {
  const sources = new Set(past.map(({ source }) => source))
  const aside = plan.problems.filter(({ source }) => sources.has(source))
  if (aside.length === 0) return { plan, aside }
  const wrong = new Set(aside.map(nameOf))
  const steps = [...plan.steps].filter(([id, step]) => {
    const object = plan.objects.get(id)
    return step === 'skip' || object === undefined || !wrong.has(nameOf(object))
  })
  const problems = plan.problems.filter(({ source }) => !sources.has(source))
  return { plan: { ...plan, steps: new Map(steps), problems }, aside }
}

function nameOf({ source, oid }: Pick<Problem, 'source' | 'oid'>): string {
  return `${oid} ${source}`
}
