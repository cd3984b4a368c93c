import type { Stage } from '../proxy.ts'
import { createRandom, type Random } from './random.ts'

const STAGES = ['arrived', 'underway', 'answered'] as const
/** Requests of each at which the server dies, in an everyday run; with `--full` it is every one. */
const DEATHS = 2

/** When a step is killed: at a stage of its k-th request, or so long after its start; or from which request on its server is dead. */
export type Moment =
  | { readonly nth: number; readonly stage: Stage }
  | { readonly ms: number }
  | { readonly deadFrom: number }

/** What a whole run takes: the moments are taken from it. */
export interface Measure {
  readonly requests: number
  readonly ms: number
}

/** What happens to a step, by a name that its files and its report have. */
export interface Attempt {
  readonly name: string
  readonly random: Random
  readonly moment: Moment
}

/** A step that is killed, by a seed. */
export function killOf(action: string, seed: number, measure: Measure): Attempt {
  const random = createRandom(seed)
  return { name: `${action}-${seed}`, random, moment: momentOf(random, measure) }
}

function momentOf(random: Random, { requests, ms }: Measure): Moment {
  if (random.chance(0.3)) return { ms: random.integer(0, Math.ceil(ms)) }
  return { nth: random.integer(1, requests), stage: random.pick(STAGES) }
}

/** Every request of a step, or some of them: its server answers none from there on. */
export function deathsOf(
  action: string,
  { requests }: Measure,
  { full, first }: { readonly full: boolean; readonly first: number },
): Attempt[] {
  const all = Array.from({ length: requests }, (_, at) => at + 1)
  const chosen = full ? all : createRandom(first).some(all, DEATHS)
  return chosen.map((deadFrom) => ({
    name: `${action}-dead-${deadFrom}`,
    random: createRandom(deadFrom),
    moment: { deadFrom },
  }))
}

export function describeMoment(moment: Moment): string {
  if ('deadFrom' in moment) return `whose server is dead from its request ${moment.deadFrom} on`
  return 'ms' in moment
    ? `killed ${moment.ms} ms after its start`
    : `killed with its request ${moment.nth} ${moment.stage}`
}
