import { textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { type Cluster, keyOfObject } from './cluster.ts'

/** Deletes what has lost its owner. Source: kubernetes pkg/controller/garbagecollector, background deletion. */
export function collectGarbage(cluster: Cluster): void {
  const { store } = cluster.state
  const alive = new Set([...store.objects.values()].map((object) => object.metadata.uid))
  const orphans = [...store.objects.values()].filter(
    (object) => object.metadata.deletionTimestamp === undefined && isOrphan(object, alive),
  )
  for (const orphan of orphans) store.remove(keyOfObject(orphan))
}

function isOrphan(object: KubeObject, alive: ReadonlySet<string>): boolean {
  const owners = object.metadata.ownerReferences ?? []
  return owners.length > 0 && owners.every((owner) => !alive.has(textAt(owner, 'uid') ?? ''))
}
