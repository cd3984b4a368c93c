import { FRAMEWORKS } from './frameworks.ts'
import { COMPONENTS, type Component, type Field, type Place } from './place.ts'
import { childOf, itemsOf, type Path, stringAt, valueAt } from './tree.ts'

/** A place before its document is known. */
type Spot = Omit<Place, 'document' | 'kind' | 'name' | 'namespace'>

/**
 * The container in which KServe runs the model server (kserve: pkg/constants,
 * `InferenceServiceContainerName`).
 */
export const SERVER_CONTAINER = 'kserve-container'

const COMPONENT_PATHS: Readonly<Record<Component, Path>> = {
  predictor: ['spec', 'predictor'],
  transformer: ['spec', 'transformer'],
  explainer: ['spec', 'explainer'],
  worker: ['spec', 'predictor', 'workerSpec'],
}

/**
 * Model specs: `model` and the framework fields of a predictor, `art` of an explainer (kserve:
 * pkg/apis/serving/v1beta1/explainer.go).
 */
const MODEL_FIELDS = ['model', ...FRAMEWORKS, 'art'] as const

/**
 * A custom container takes its model from this variable (kserve: pkg/constants,
 * `CustomSpecStorageUriEnvVarKey`).
 */
const STORAGE_URI_VARIABLE = 'STORAGE_URI'

/**
 * Every spot of an InferenceService where an image or a storage URI stands, read from its plain value.
 * The shapes are those of serving.kserve.io/v1beta1 as of KServe 0.20.
 */
export function spotsOfInferenceService(manifest: unknown): Spot[] {
  return COMPONENTS.flatMap((component) => spotsOfComponent(manifest, component, COMPONENT_PATHS[component]))
}

function spotsOfComponent(manifest: unknown, component: Component, path: Path): Spot[] {
  return [
    ...spotsOfContainers(manifest, component, [...path, 'containers'], false),
    ...spotsOfContainers(manifest, component, [...path, 'initContainers'], true),
    ...MODEL_FIELDS.flatMap((field) => spotsOfModel(manifest, component, [...path, field])),
    ...spotsOfStorageUris(manifest, component, [...path, 'storageUris']),
  ]
}

function spotsOfContainers(manifest: unknown, component: Component, path: Path, isInit: boolean): Spot[] {
  return itemsOf(valueAt(manifest, path)).flatMap((container, index) => {
    const owner = { component, container: stringAt(container, ['name']) ?? '', isInit }
    const variables = itemsOf(childOf(container, 'env'))
    const variable = variables.findIndex((entry) => childOf(entry, 'name') === STORAGE_URI_VARIABLE)
    return [
      ...spotAt(manifest, owner, 'image', [...path, index, 'image']),
      ...spotAt(manifest, owner, 'storage-uri', [...path, index, 'env', variable, 'value']),
    ]
  })
}

function spotsOfModel(manifest: unknown, component: Component, path: Path): Spot[] {
  const model = valueAt(manifest, path)
  const owner = { component, container: stringAt(model, ['name']) ?? SERVER_CONTAINER, isInit: false }
  return [
    ...spotAt(manifest, owner, 'image', [...path, 'image']),
    ...spotAt(manifest, owner, 'storage-uri', [...path, 'storageUri']),
  ]
}

function spotsOfStorageUris(manifest: unknown, component: Component, path: Path): Spot[] {
  const owner = { component, container: SERVER_CONTAINER, isInit: false }
  return itemsOf(valueAt(manifest, path)).flatMap((entry, index) => {
    const mountPath = stringAt(entry, ['mountPath'])
    const mount = mountPath === undefined ? owner : { ...owner, mountPath }
    return spotAt(manifest, mount, 'storage-uri', [...path, index, 'uri'])
  })
}

type Owner = Pick<Place, 'component' | 'container' | 'isInit' | 'mountPath'>

/** A spot counts where its key stands, also with an empty value; a missing key is not invented. */
function spotAt(manifest: unknown, owner: Owner, field: Field, path: Path): Spot[] {
  return valueAt(manifest, path) === undefined ? [] : [{ ...owner, field, path }]
}
