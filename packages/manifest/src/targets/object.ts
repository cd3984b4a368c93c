import type { Change } from '../change.ts'
import { parsePath, resolvePath } from '../path.ts'
import { type Form, SCALAR, type Spot } from '../spot.ts'
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
export function spotsOfPath(root: unknown, text: string, form: Form = SCALAR): Spot[] {
  const path = resolvePath(root, parsePath(text))
  if (path === undefined) return []
  const parent = valueAt(root, path.slice(0, -1))
  const isThere = valueAt(root, path) !== undefined
  return isThere || (isRecord(parent) && typeof path.at(-1) === 'string') ? [{ path, form }] : []
}
