import type { ResourceStatus as Managed } from '../model/application.wire.ts'
import type { TreeNode } from '../model/resource.wire.ts'
import { healthOf } from './health.ts'
import type { Kind } from './kinds.ts'
import type { LiveObject } from './object.wire.ts'

/** A live object with its kind, which a list leaves to its head. */
export interface Found extends Kind {
  readonly object: LiveObject
}

/** A live object as Argo CD's resource tree shows it (controller/cache/info.go populateNodeInfo). */
export function nodeOf({ group, version, kind, object }: Found): TreeNode {
  const { metadata, spec } = object
  const { namespace, name, uid, creationTimestamp: createdAt } = metadata
  const revision = metadata.annotations['deployment.kubernetes.io/revision']
  const health = healthOf(kind, group, object)
  const isPod = kind === 'Pod' && group === ''
  const images = isPod ? [...spec.initContainers, ...spec.containers].map(({ image }) => image) : []
  return {
    group,
    version,
    kind,
    namespace,
    name,
    uid,
    createdAt,
    images: [...new Set(images)],
    parentRefs: metadata.ownerReferences.map((owner) => ({ kind: owner.kind, uid: owner.uid })),
    info: [
      ...(revision === undefined ? [] : [{ name: 'Revision', value: `Rev:${revision}` }]),
      ...(isPod ? [{ name: 'Status Reason', value: reasonOf(object) }] : []),
    ],
    ...(health === undefined ? {} : { health }),
  }
}

/** What is deployed and not looked at more closely, or not there. */
export function nodeOfManaged({ group, version, kind, namespace, name }: Managed): TreeNode {
  return {
    group,
    version,
    kind,
    namespace,
    name,
    uid: '',
    createdAt: '',
    images: [],
    parentRefs: [],
    info: [],
  }
}

/** What `kubectl get pods` prints. */
function reasonOf({ metadata, status }: LiveObject): string {
  const { phase, reason, containerStatuses, initContainerStatuses } = status
  const isOver = phase === 'Succeeded' || phase === 'Failed'
  if (metadata.deletionTimestamp !== undefined && !isOver)
    return reason === 'NodeLost' ? 'Unknown' : 'Terminating'
  const wordOf = (states: LiveObject['status']['containerStatuses']) =>
    states.map(({ state }) => state.waiting?.reason ?? state.terminated?.reason).find((word) => word)
  const init = wordOf(initContainerStatuses.filter(({ state }) => state.terminated?.exitCode !== 0))
  if (init !== undefined && init !== 'PodInitializing') return `Init:${init}`
  return wordOf(containerStatuses) ?? (reason || phase)
}
