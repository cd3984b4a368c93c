import type { Setting } from '../change.ts'
import { FRAMEWORKS } from '../frameworks.ts'
import { COMPONENTS, type Component } from '../place.ts'
import type { Spot } from '../spot.ts'
import { itemsOf, type Path, stringAt, valueAt } from '../tree.ts'
import { SERVER_CONTAINER, spotAt, spotsOfContainer, spotsOfPod } from './containers.ts'

const COMPONENT_PATHS: Readonly<Record<Component, Path>> = {
  predictor: ['spec', 'predictor'],
  transformer: ['spec', 'transformer'],
  explainer: ['spec', 'explainer'],
  worker: ['spec', 'predictor', 'workerSpec'],
}

/**
 * Model specs: `model` and the framework fields of a predictor, `art` and, before KServe 0.11, `alibi` of an explainer
 * (kserve: pkg/apis/serving/v1beta1/explainer.go).
 */
const MODEL_FIELDS = ['model', ...FRAMEWORKS, 'art', 'alibi'] as const

/** Every spot of an InferenceService. The shapes are those of serving.kserve.io/v1beta1 as of KServe 0.20. */
export function spotsOfInferenceService(manifest: unknown, setting: Setting): Spot[] {
  return COMPONENTS.flatMap((component) =>
    spotsOfComponent(manifest, component, COMPONENT_PATHS[component], setting),
  )
}

function spotsOfComponent(manifest: unknown, component: Component, path: Path, setting: Setting): Spot[] {
  const owner = { component, container: SERVER_CONTAINER }
  return [
    ...spotsOfPod(manifest, path, { component }, setting),
    ...MODEL_FIELDS.flatMap((field) => spotsOfModel(manifest, component, [...path, field], setting)),
    ...itemsOf(valueAt(manifest, [...path, 'storageUris'])).flatMap((entry, index) => {
      const mountPath = stringAt(entry, ['mountPath'])
      const mount = mountPath === undefined ? owner : { ...owner, mountPath }
      return setting.set === 'storage-uri'
        ? spotAt(manifest, [...path, 'storageUris', index, 'uri'], mount)
        : []
    }),
  ]
}

function spotsOfModel(manifest: unknown, component: Component, path: Path, setting: Setting): Spot[] {
  const container = stringAt(manifest, [...path, 'name']) ?? SERVER_CONTAINER
  const owner = { component, container }
  return [
    ...(setting.set === 'storage-uri' ? spotAt(manifest, [...path, 'storageUri'], owner) : []),
    ...spotsOfContainer(manifest, path, owner, setting),
  ]
}
