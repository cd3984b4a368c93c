import type { ResourceTree, TreeNode } from '../model/resource.wire.ts'
import { isOutdated } from '../model/tree.ts'

/** Kinds that ask for an image or a model, whoever made them. */
const ASKING = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Rollout',
  'CronJob',
  'InferenceService',
  'LLMInferenceService',
  'ServingRuntime',
])
const MODEL_NOTE = 'internal.serving.kserve.io/storage-initializer-sourceuri'
/** In one look. */
const MOST = 30

/** The objects in which an image or a model would stand, those of the Application itself first. */
export function askingNodes(tree: ResourceTree): readonly TreeNode[] {
  return tree.nodes
    .filter((node) => ASKING.has(node.kind) && !isOutdated(tree, node))
    .sort((one, other) => one.parentRefs.length - other.parentRefs.length)
    .slice(0, MOST)
}

/** All images and model URIs that an object asks for, whatever its kind. What its status says does not count. */
export function versionsIn(object: unknown): {
  readonly images: readonly string[]
  readonly models: readonly string[]
} {
  const images = new Set<string>()
  const models = new Set<string>()
  const into = (target: Set<string>, value: unknown) => {
    if (typeof value === 'string' && value !== '') target.add(value)
  }
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, key)
    else if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value)
      const fields = new Map<string, unknown>(entries)
      into(images, fields.get('image'))
      into(models, fields.get('storageUri'))
      into(models, fields.get(MODEL_NOTE))
      if (key === 'model' || key === 'storageUris') into(models, fields.get('uri'))
      if (fields.get('name') === 'STORAGE_URI') into(models, fields.get('value'))
      for (const [name, inner] of entries) if (name !== 'status') walk(inner, name)
    }
  }
  walk(object, '')
  return { images: [...images], models: [...models] }
}
