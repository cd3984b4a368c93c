import type { Change } from '../change.ts'
import { assertSameType } from '../edit/typed.ts'
import { documentsInText } from '../read/inline.ts'
import { formatPath, isRecord, type Path, valueAt } from '../tree.ts'
import { parsePath, resolvePath, type Step } from './path.ts'
import { type Form, SCALAR, type Spot, textOf } from './spot.ts'

/** Where InferenceServices have the annotations of a component's pods. */
const POD_ANNOTATIONS: Readonly<Record<string, Path>> = {
  predictor: ['spec', 'predictor', 'annotations'],
  transformer: ['spec', 'transformer', 'annotations'],
  explainer: ['spec', 'explainer', 'annotations'],
}

/** What every object has: its annotations, and the values at paths of its own. */
export function spotsOfObjectItself(kind: string, manifest: unknown, change: Change): Spot[] {
  if (change.set === 'value')
    return spotsOfPath(manifest, change.path).map((spot) =>
      kind === 'InferenceService' ? fieldAt(spot) : spot,
    )
  if (change.set !== 'annotation') return []
  const { component } = change.target
  const pods = kind === 'InferenceService' && component !== undefined ? POD_ANNOTATIONS[component] : undefined
  const owner = pods === undefined || component === undefined ? {} : { component }
  return [{ ...owner, path: [...(pods ?? ['metadata', 'annotations']), change.key], form: SCALAR }]
}

/** The integers that every component can have (kserve pkg/apis/serving/v1beta1/component.go: ComponentExtensionSpec). */
const COMPONENT_FIELD =
  /^spec\.(?:predictor|transformer|explainer|canary\[\d+\]\.predictor)\.(?:minReplicas|maxReplicas|scaleTarget|containerConcurrency|timeout|canaryTrafficPercent)$/

/** A key that is not there is made where the schema says that it can only be meant. */
function fieldAt(spot: Spot): Spot {
  const { beside, ...field } = spot
  const isNew = beside !== undefined && COMPONENT_FIELD.test(formatPath(spot.path))
  return isNew ? { ...field, form: NEW_INTEGER } : spot
}

const NEW_INTEGER: Form = {
  read: textOf,
  edits(_, setting, on) {
    if (setting.set === 'value') assertSameType(on, setting.path, 0, setting.value)
    return [{ path: [], value: setting.value }]
  },
}

/** The value at a path. A key that is not there is told with those that are: it is more likely a slip than meant. */
export function spotsOfPath(root: unknown, text: string): Spot[] {
  return spotsOfSteps(root, parsePath(text))
}

function spotsOfSteps(root: unknown, steps: readonly Step[]): Spot[] {
  const path = resolvePath(root, steps)
  if (path === undefined) return spotsInText(root, steps)
  if (valueAt(root, path) !== undefined) return [{ path, form: SCALAR }]
  const parent = valueAt(root, path.slice(0, -1))
  return isRecord(parent) && typeof path.at(-1) === 'string'
    ? [{ path, form: SCALAR, beside: Object.keys(parent) }]
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
        ...spot,
        path: [...host, ...spot.path],
        nested: { host, document, value, path: spot.path },
      })),
    )
  }
  return []
}
