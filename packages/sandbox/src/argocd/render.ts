import { errorMessage } from '../containers/caught.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../kubernetes/json.ts'
import { readYaml } from '../kubernetes/object.wire.ts'
import { findKind } from '../kubernetes/resources.ts'

/**
 * The manifests of a plain directory: every document of every file, Lists taken apart, in order of file names.
 * Source: argo-cd:reposerver/repository/repository.go findManifests.
 * @throws Error that names the file
 */
export function renderDirectory(files: ReadonlyMap<string, string>): JsonObject[] {
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, text]) => {
      const documents = readDocuments(name, text)
      return documents.flatMap((document) => objectsOf(name, document))
    })
}

function readDocuments(name: string, text: string): Json[] {
  try {
    return readYaml(text)
  } catch (error) {
    throw new Error(`failed to unmarshal manifest "${name}": ${errorMessage(error)}`)
  }
}

function objectsOf(name: string, document: Json): JsonObject[] {
  if (!isObject(document)) throw new Error(`failed to unmarshal manifest "${name}": not an object`)
  if (textAt(document, 'kind')?.endsWith('List') === true && Array.isArray(document['items'])) {
    return listAt(document, 'items').flatMap((item) => objectsOf(name, item))
  }
  for (const field of ['apiVersion', 'kind'] as const) {
    if (textAt(document, field) === undefined) {
      throw new Error(`failed to unmarshal manifest "${name}": Object '${field}' is missing`)
    }
  }
  if (textAt(document, 'metadata', 'name') === undefined) {
    throw new Error(`failed to unmarshal manifest "${name}": metadata.name is missing`)
  }
  return [document]
}

/** The manifest as it is applied: the destination's namespace where it names none, and the tracking annotation. */
export function targetObject(manifest: JsonObject, appName: string, namespace: string): JsonObject {
  const apiVersion = textAt(manifest, 'apiVersion') ?? ''
  const kind = textAt(manifest, 'kind') ?? ''
  const type = findKind(apiVersion, kind)
  if (!type) {
    const group = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`
    throw new Error(`resource mapping not found for ${group} ${kind}: ensure CRDs are installed first`)
  }
  const metadata = objectAt(manifest, 'metadata')
  const place = type.namespaced ? (textAt(metadata, 'namespace') ?? namespace) : ''
  const tracking = `${appName}:${type.group}/${kind}:${place}/${textAt(metadata, 'name') ?? ''}`
  return {
    ...manifest,
    metadata: {
      ...metadata,
      ...(type.namespaced ? { namespace: place } : {}),
      annotations: { ...objectAt(metadata, 'annotations'), 'argocd.argoproj.io/tracking-id': tracking },
    },
  }
}
