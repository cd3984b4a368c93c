import { parseAllDocuments } from 'yaml'
import { isObject, type Json, type JsonObject } from './json.ts'

/** Metadata that the server owns or reads; what else a client sends is kept beside it. */
export type ObjectMeta = {
  name: string
  namespace?: string
  uid: string
  resourceVersion: string
  generation: number
  /** RFC 3339, seconds. */
  creationTimestamp: string
  deletionTimestamp?: string
  finalizers?: string[]
  ownerReferences?: JsonObject[]
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

/** One stored object: `apiVersion`, `kind`, `metadata` always, `spec`, `status`, `data` as the kind has them. */
export type KubeObject = JsonObject & { apiVersion: string; kind: string; metadata: ObjectMeta }

/** JSON text as plain data; undefined when it is not JSON. */
export function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/**
 * YAML or JSON text as plain data: one value for each non-empty document.
 * @throws Error with the parser's first complaint, line and column included
 */
export function readYaml(text: string): Json[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [problem] = document.errors
    if (problem) throw new Error(problem.message)
    const value = document.toJSON() as Json
    return value === null ? [] : [value]
  })
}

/** Gives an object its type after the server has filled in its metadata. @throws Error when a field is missing */
export function asKubeObject(value: JsonObject): KubeObject {
  const meta = value['metadata']
  if (typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string' || !isObject(meta)) {
    throw new Error('an object needs apiVersion, kind and metadata')
  }
  for (const field of ['name', 'uid', 'resourceVersion', 'creationTimestamp']) {
    if (typeof meta[field] !== 'string') throw new Error(`an object needs metadata.${field}`)
  }
  return value as KubeObject
}

/** A deep copy, so that nobody changes the store's objects from outside. */
export function copyOf<T extends Json>(value: T): T {
  return structuredClone(value)
}
