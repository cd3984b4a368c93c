import type { Setting } from '../change.ts'
import { FRAMEWORKS } from '../frameworks.ts'
import { itemsOf, type Path, stringAt, valueAt } from '../tree.ts'
import { SERVER_CONTAINER, spotAt, spotsOfContainer, spotsOfPod } from './containers.ts'
import type { Spot } from './spot.ts'

type Owner = Pick<Spot, 'component' | 'canary'>

/**
 * Model specs: `model` and the framework fields of a predictor, `art` and, in older releases, `alibi` of an explainer
 * (kserve: pkg/apis/serving/v1beta1/explainer.go).
 */
const MODEL_FIELDS = ['model', ...FRAMEWORKS, 'art', 'alibi'] as const

/** Every spot of an InferenceService. The shapes are those of serving.kserve.io/v1beta1 as of KServe 0.20. */
export function spotsOfInferenceService(manifest: unknown, setting: Setting): Spot[] {
  const components: [Owner, Path][] = [
    [{ component: 'predictor' }, ['spec', 'predictor']],
    [{ component: 'transformer' }, ['spec', 'transformer']],
    [{ component: 'explainer' }, ['spec', 'explainer']],
    [{ component: 'worker' }, ['spec', 'predictor', 'workerSpec']],
    ...canariesOf(manifest),
  ]
  return components.flatMap(([owner, path]) => spotsOfComponent(manifest, owner, path, setting))
}

/** The new form of a canary, a predictor of its own; the old one is `predictor.canaryTrafficPercent`. */
function canariesOf(manifest: unknown): [Owner, Path][] {
  return itemsOf(valueAt(manifest, ['spec', 'canary'])).flatMap((entry, index): [Owner, Path][] => {
    const canary = stringAt(entry, ['predictor', 'name'])
    const owner = { component: 'canary' as const, ...(canary === undefined ? {} : { canary }) }
    const path = ['spec', 'canary', index, 'predictor']
    return [
      [owner, path],
      [owner, [...path, 'workerSpec']],
    ]
  })
}

function spotsOfComponent(manifest: unknown, owner: Owner, path: Path, setting: Setting): Spot[] {
  return [
    ...spotsOfPod(manifest, path, owner, setting),
    ...MODEL_FIELDS.flatMap((field) => spotsOfModel(manifest, owner, [...path, field], setting)),
    ...(setting.set === 'storage-uri' ? spotsOfStorageUris(manifest, owner, [...path, 'storageUris']) : []),
  ]
}

function spotsOfModel(manifest: unknown, component: Owner, path: Path, setting: Setting): Spot[] {
  const owner = { ...component, container: stringAt(manifest, [...path, 'name']) ?? SERVER_CONTAINER }
  return [
    ...(setting.set === 'storage-uri' ? spotAt(manifest, [...path, 'storageUri'], owner) : []),
    ...spotsOfContainer(manifest, path, owner, setting),
  ]
}

function spotsOfStorageUris(manifest: unknown, component: Owner, path: Path): Spot[] {
  const owner = { ...component, container: SERVER_CONTAINER }
  return itemsOf(valueAt(manifest, path)).flatMap((entry, index) => {
    const mountPath = stringAt(entry, ['mountPath'])
    const mount = mountPath === undefined ? owner : { ...owner, mountPath }
    return spotAt(manifest, [...path, index, 'uri'], mount)
  })
}
