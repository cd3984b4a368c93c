import { createHash } from 'node:crypto'
import { type JsonObject, objectAt, sameJson, textAt } from './json.ts'
import { copyOf, type KubeObject } from './object.wire.ts'
import { apiVersionOf, type ResourceType } from './resources.ts'

/** RFC 3339 with second precision, as Kubernetes writes times. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** A new object as it is stored: uid, generation and times are the server's. */
export function drafted(type: ResourceType, object: JsonObject, revision: number, now: number): JsonObject {
  const given = objectAt(object, 'metadata')
  const digest = createHash('sha256').update(`${type.plural}/${revision}/${now}`).digest('hex')
  const suffix = digest.slice(32, 37)
  const name = textAt(given, 'name') ?? `${textAt(given, 'generateName') ?? ''}${suffix}`
  const { resourceVersion: _given, ...rest } = given
  const meta = {
    ...rest,
    name,
    ...(type.namespaced ? { namespace: textAt(given, 'namespace') ?? 'default' } : {}),
    uid: digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    resourceVersion: String(revision),
    generation: 1,
    creationTimestamp: timestamp(now),
  }
  return copyOf({ ...object, apiVersion: apiVersionOf(type), kind: type.kind, metadata: meta })
}

/** A changed object as it is stored; the generation moves when something besides metadata (and status) has changed. */
export function replaced(
  type: ResourceType,
  before: KubeObject,
  object: JsonObject,
  part: 'main' | 'status',
): JsonObject {
  if (part === 'status') return copyOf({ ...before, status: objectAt(object, 'status') })
  const { status: oldStatus, ...oldRest } = before
  const { status: newStatus, ...newRest } = object
  const status = type.statusSubresource ? oldStatus : newStatus
  const meta = {
    ...objectAt(object, 'metadata'),
    name: before.metadata.name,
    ...(before.metadata.namespace === undefined ? {} : { namespace: before.metadata.namespace }),
    uid: before.metadata.uid,
    resourceVersion: before.metadata.resourceVersion,
    generation: before.metadata.generation,
    creationTimestamp: before.metadata.creationTimestamp,
    ...(before.metadata.deletionTimestamp === undefined
      ? {}
      : { deletionTimestamp: before.metadata.deletionTimestamp }),
  }
  const main = { ...newRest, apiVersion: before.apiVersion, kind: before.kind }
  const counted = (rest: JsonObject): JsonObject => ({ ...rest, metadata: {} })
  const changed =
    !sameJson(counted(main), counted(oldRest)) || (!type.statusSubresource && !sameJson(oldStatus, newStatus))
  return copyOf({
    ...main,
    metadata: { ...meta, generation: before.metadata.generation + (changed ? 1 : 0) },
    ...(status === undefined ? {} : { status }),
  })
}

/** Deleting it sets a deletionTimestamp first. */
export function isGraceful(type: ResourceType, object: KubeObject): boolean {
  const finalizers = object.metadata.finalizers
  if (finalizers !== undefined && finalizers.length > 0) return true
  return type.kind === 'Pod' && textAt(object, 'spec', 'nodeName') !== undefined
}

/** The last finalizer is gone from an object that was waiting for it. */
export function isFinished(object: JsonObject): boolean {
  const meta = objectAt(object, 'metadata')
  if (meta['deletionTimestamp'] === undefined || object['kind'] === 'Pod') return false
  return !Array.isArray(meta['finalizers']) || meta['finalizers'].length === 0
}
