import { spliced } from './edit/verify.ts'
import type { Plan } from './plan.ts'

/** The text with the planned values in it, every other byte as it was. */
export function applyPlan({ file, values }: Plan): string {
  return values.flatMap(({ splices }) => splices).reduce(spliced, file.text)
}
