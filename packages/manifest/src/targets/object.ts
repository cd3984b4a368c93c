import type { Change } from '../change.ts'
import { documentsInText } from '../inline.ts'
import { parsePath, resolvePath, type Step } from '../path.ts'
import { SCALAR, type Spot } from '../spot.ts'
import { isRecord, type Path, valueAt } from '../tree.ts'

/** Where InferenceServices have the annotations of a component's pods. */
const POD_ANNOTATIONS: Readonly<Record<string, Path>> = {
  predictor: ['spec', 'predictor', 'annotations'],
  transformer: ['spec', 'transformer', 'annotations'],
  explainer: ['spec', 'explainer', 'annotations'],
}

/** What every object has: its annotations, and the values at paths of its own. */
export function spotsOfObjectItself(kind: string, manifest: unknown, change: Change): Spot[] {
  if (change.set === 'value') return spotsOfPath(manifest, change.path)
  if (change.set !== 'annotation') return []
  const { component } = change.target
  const pods = kind === 'InferenceService' && component !== undefined ? POD_ANNOTATIONS[component] : undefined
  const owner = pods === undefined || component === undefined ? {} : { component }
  return [{ ...owner, path: [...(pods ?? ['metadata', 'annotations']), change.key], form: SCALAR }]
}

/** A value at a path, which may be a new key of a map that is there: one that is not is more likely a slip. */
export function spotsOfPath(root: unknown, text: string): Spot[] {
  return spotsOfSteps(root, parsePath(text))
}

function spotsOfSteps(root: unknown, steps: readonly Step[]): Spot[] {
  const path = resolvePath(root, steps)
  if (path === undefined) return spotsInText(root, steps)
  const parent = valueAt(root, path.slice(0, -1))
  const isThere = valueAt(root, path) !== undefined
  return isThere || (isRecord(parent) && typeof path.at(-1) === 'string')
    ? [{ path, form: SCALAR }]
    : spotsInText(root, steps)
}

/** A path may go on in a manifest inside of a text, as it is shown for one. */
function spotsInText(root: unknown, steps: readonly Step[]): Spot[] {
  for (let at = 1; at < steps.length; at += 1) {
    const host = resolvePath(root, steps.slice(0, at))
    const text = host === undefined ? undefined : valueAt(root, host)
    if (host === undefined || typeof text !== 'string') continue
    return documentsInText(text).flatMap(({ document, value }) =>
      spotsOfSteps(value, steps.slice(at)).map((spot) => ({
        path: [...host, ...spot.path],
        form: SCALAR,
        nested: { host, document, value, path: spot.path },
      })),
    )
  }
  return []
}
