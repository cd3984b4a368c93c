import type { Pod } from './pod.wire.ts'
import { isActive } from './rollout-progress.ts'
import { imageOf, isReady, storageUriOf } from './version.ts'

/** One version that gets requests now. */
export interface ServingVersion {
  /** As written in the pods. */
  readonly image: string
  readonly storageUri: string | undefined
  /** Names of the ready pods that run it. */
  readonly pods: readonly string[]
}

/** Which versions the ready pods run, the one with most pods first. Pure. */
export function servingVersions(pods: readonly Pod[], container?: string): readonly ServingVersion[] {
  const versions = new Map<string, ServingVersion>()
  for (const pod of pods.filter((one) => isActive(one) && isReady(one))) {
    const image = imageOf(pod.spec, container) ?? ''
    const storageUri = storageUriOf(pod)
    const key = `${image}\n${storageUri ?? ''}`
    const before = versions.get(key)?.pods ?? []
    versions.set(key, { image, storageUri, pods: [...before, pod.metadata.name] })
  }
  return [...versions.values()].sort((a, b) => b.pods.length - a.pods.length)
}
