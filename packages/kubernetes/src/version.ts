import { conditionOf, type Metadata } from './metadata.wire.ts'
import type { Pod } from './pod.wire.ts'
import type { Container, Deployment, PodTemplate, ReplicaSet } from './workload.wire.ts'

/** The container that serves the model (kserve/kserve pkg/constants, `InferenceServiceContainerName`). */
export const SERVER_CONTAINER = 'kserve-container'

/** Where KServe notes the model's URI (pkg/constants, `StorageInitializerSourceUriInternalAnnotationKey`). */
const SOURCE_URI = 'internal.serving.kserve.io/storage-initializer-sourceuri'

const REVISION = 'deployment.kubernetes.io/revision'

/** The image of a container as written in a pod spec; undefined where there is no such container. */
export function imageOf(
  { containers }: { readonly containers: readonly Container[] },
  name: string = SERVER_CONTAINER,
): string | undefined {
  return containers.find((container) => container.name === name)?.image
}

/** The model of a pod or of its template: KServe's annotation, else the first argument of the storage-initializer. */
export function storageUriOf({
  metadata,
  spec,
}: {
  readonly metadata: Pick<Metadata, 'annotations'>
  readonly spec: PodTemplate['spec']
}): string | undefined {
  const noted = metadata.annotations[SOURCE_URI]
  if (noted !== undefined) return noted
  return spec.initContainers.find(({ name }) => name === 'storage-initializer')?.args[0]
}

/**
 * Whether an image in a manifest is the wanted one: written the same, or the same repository with the wanted digest.
 * `repository:tag` also stands for `repository:tag@sha256:…`; then the pods must prove the digest.
 */
export function matchesImage(
  actual: string | undefined,
  want: { readonly image?: string | undefined; readonly digest?: string | undefined },
): boolean {
  if (want.image === undefined && want.digest === undefined) return true
  if (actual === undefined) return false
  if (want.image === undefined) return actual.includes('@') ? actual.endsWith(`@${want.digest}`) : true
  if (actual === want.image) return true
  const [one, other] = [partsOf(actual), partsOf(want.image)]
  const digest = other.digest ?? want.digest
  if (one.repository !== other.repository) return false
  if (one.digest !== undefined && digest !== undefined) return one.digest === digest
  return other.tag !== undefined && one.tag === other.tag
}

/** `registry/churn:v2@sha256:…` -> `registry/churn` */
export function repositoryOf(image: string): string {
  return partsOf(image).repository
}

function partsOf(image: string): { repository: string; tag: string | undefined; digest: string | undefined } {
  const [named = '', digest] = image.split('@', 2)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  return {
    repository: colon === -1 ? named : named.slice(0, colon),
    tag: colon === -1 ? undefined : named.slice(colon + 1),
    digest,
  }
}

/** The ReplicaSet of the current template: the highest revision that the Deployment's controller has given. */
export function newestOf(replicaSets: readonly ReplicaSet[], deployment: Deployment): ReplicaSet | undefined {
  return replicaSets
    .filter((set) => ownedBy(set, deployment))
    .reduce<ReplicaSet | undefined>(
      (newest, set) => (newest === undefined || isNewer(set, newest) ? set : newest),
      undefined,
    )
}

function isNewer({ metadata: one }: ReplicaSet, { metadata: other }: ReplicaSet): boolean {
  const difference = revisionOf(one) - revisionOf(other)
  return difference === 0 ? one.creationTimestamp > other.creationTimestamp : difference > 0
}

function revisionOf({ annotations }: Metadata): number {
  return Number(annotations[REVISION] ?? '0')
}

export function ownedBy(
  child: { readonly metadata: Metadata },
  owner: { readonly metadata: Metadata },
): boolean {
  return child.metadata.ownerReferences.some(({ uid }) => uid !== '' && uid === owner.metadata.uid)
}

export function isReady({ status }: Pod): boolean {
  return conditionOf(status.conditions, 'Ready')?.status === 'True'
}
