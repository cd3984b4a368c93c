import type { Setting } from '../change.ts'
import { childOf, itemsOf, type Path, stringAt, valueAt } from '../tree.ts'
import { absent, type Form, SCALAR, type Spot } from './spot.ts'

/**
 * The container in which KServe runs the model server (kserve: pkg/constants,
 * `InferenceServiceContainerName`).
 */
export const SERVER_CONTAINER = 'kserve-container'

/**
 * A custom container takes its model from this variable (kserve: pkg/constants,
 * `CustomSpecStorageUriEnvVarKey`).
 */
const STORAGE_URI_VARIABLE = 'STORAGE_URI'

type Owner = Omit<Spot, 'path' | 'form'>

/** The spots of a pod's spec, or of what has its shape: its containers and init containers. */
export function spotsOfPod(root: unknown, path: Path, owner: Owner, setting: Setting): Spot[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    itemsOf(valueAt(root, [...path, list])).flatMap((container, index) => {
      const named = {
        ...owner,
        container: stringAt(container, ['name']) ?? '',
        isInit: list !== 'containers',
      }
      return spotsOfContainer(root, [...path, list, index], named, setting)
    }),
  )
}

/** The spots of one container, or of a model spec, which KServe makes one of. */
export function spotsOfContainer(root: unknown, path: Path, owner: Owner, setting: Setting): Spot[] {
  switch (setting.set) {
    case 'image':
      return spotAt(root, [...path, 'image'], owner)
    case 'storage-uri':
      return variables(root, path, STORAGE_URI_VARIABLE).flatMap((at) =>
        spotAt(root, [...at, 'value'], owner),
      )
    case 'env':
      return spotsOfVariable(root, path, owner, setting.key)
    default:
      return []
  }
}

/** A spot counts where its key stands, also with an empty value. */
export function spotAt(root: unknown, path: Path, owner: Owner, form: Form = SCALAR): Spot[] {
  return valueAt(root, path) === undefined ? [] : [{ ...owner, path, form }]
}

/** A variable that the container does not have yet is put behind the others. */
function spotsOfVariable(root: unknown, path: Path, owner: Owner, key: string): Spot[] {
  if (valueAt(root, path) === undefined) return []
  const found = variables(root, path, key)
  const end = itemsOf(valueAt(root, [...path, 'env'])).length
  const made = absent(({ value }) => ({ name: key, value: String(value) }))
  if (found.length === 0) return [{ ...owner, path: [...path, 'env', end], form: made }]
  // One that takes its value from elsewhere may have no second one.
  return found
    .filter((at) => valueAt(root, [...at, 'valueFrom']) === undefined)
    .map((at) => ({ ...owner, path: [...at, 'value'], form: SCALAR }))
}

/** Every entry of that name: Kubernetes takes the last of several. */
function variables(root: unknown, path: Path, name: string): Path[] {
  return itemsOf(valueAt(root, [...path, 'env'])).flatMap((entry, index) =>
    childOf(entry, 'name') === name ? [[...path, 'env', index]] : [],
  )
}
