import { type JsonObject, listAt, objectAt, textAt } from '../kubernetes/json.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { ObjectStore } from '../kubernetes/store.ts'

/** Environment of a container, or what is missing for it (CreateContainerConfigError). */
export type Environment = { readonly env: Record<string, string> } | { readonly missing: string }

/** `env` with values, secretKeyRef and configMapKeyRef, as the kubelet resolves them (kubelet_pods.go). */
export function resolveEnvironment(
  store: ObjectStore,
  namespace: string,
  container: JsonObject,
): Environment {
  const env: Record<string, string> = {}
  for (const entry of listAt(container, 'env')) {
    const name = textAt(entry, 'name') ?? ''
    const value =
      entry['valueFrom'] === undefined
        ? { text: textAt(entry, 'value') ?? '' }
        : referred(store, namespace, entry)
    if ('missing' in value) return value
    if (value.text !== undefined) env[name] = value.text
  }
  return { env }
}

function referred(
  store: ObjectStore,
  namespace: string,
  entry: JsonObject,
): { text: string | undefined } | { missing: string } {
  const secret = objectAt(entry, 'valueFrom', 'secretKeyRef')
  const config = objectAt(entry, 'valueFrom', 'configMapKeyRef')
  const [type, kind, reference] =
    textAt(secret, 'name') === undefined
      ? ([RESOURCES.configmaps, 'configmap', config] as const)
      : ([RESOURCES.secrets, 'secret', secret] as const)
  const name = textAt(reference, 'name')
  if (name === undefined) return { text: undefined }
  const optional = reference['optional'] === true
  const object = store.get({ type, namespace, name })
  const key = textAt(reference, 'key') ?? ''
  const stored = textAt(object, 'data', key)
  if (stored !== undefined)
    return { text: kind === 'secret' ? Buffer.from(stored, 'base64').toString() : stored }
  const plain = textAt(object, 'stringData', key)
  if (plain !== undefined || optional) return { text: plain }
  const problem = object
    ? `couldn't find key ${key} in ${kind === 'secret' ? 'Secret' : 'ConfigMap'} ${namespace}/${name}`
    : `${kind} "${name}" not found`
  return { missing: problem }
}
