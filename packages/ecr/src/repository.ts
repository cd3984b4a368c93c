import {
  BatchGetImageCommand,
  type BatchGetImageCommandOutput,
  type ImageIdentifier,
} from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { MANIFEST_TYPES } from '@mlops-actions/oci'
import { callEcr, type EcrApi } from './api.ts'
import { type ImageManifest, parseManifest } from './image-manifest.ts'

/** A repository of a registry. */
export interface RepositoryId {
  /** `team/model` */
  readonly name: string
  /** Account of the registry; undefined is the caller's own. */
  readonly account: string | undefined
}

export interface StoredImage {
  /** `sha256:…` */
  readonly digest: string
  readonly mediaType: string
  readonly manifest: ImageManifest
  /** The manifest as it is stored, byte for byte. */
  readonly text: string
  /** Account of the registry, as ECR says it. */
  readonly account: string | undefined
}

type Call = Pick<World, 'signal'>

/** What BatchGetImage takes at once. */
export const MOST_TAGS = 100

/**
 * The images that stand under these tags now, by tag; undefined where the repository does not exist.
 * BatchGetImage is part of every role that may push, and says of a missing image that it is missing.
 * @param optional tags whose images are left out where ECR cannot show them, such as archived ones
 * @throws Failure what AWS refused; `upstream` for images that ECR cannot show
 */
export function findTags(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  tags: readonly string[],
  optional: readonly string[] = [],
): Promise<ReadonlyMap<string, StoredImage> | undefined> {
  return find(call, ecr, repository, tags, (imageTag) => ({ imageTag }), optional)
}

/** The same by digest, for the images of an index. */
export function findDigests(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  digests: readonly string[],
): Promise<ReadonlyMap<string, StoredImage> | undefined> {
  return find(call, ecr, repository, digests, (imageDigest) => ({ imageDigest }))
}

async function find(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  names: readonly string[],
  identify: (name: string) => ImageIdentifier,
  optional: readonly string[] = [],
): Promise<ReadonlyMap<string, StoredImage> | undefined> {
  if (names.length === 0) return new Map()
  const answer = await batchGet(call, ecr, repository, names.map(identify))
  if (answer === undefined) return undefined
  const refused = answer.failures?.find(
    ({ failureCode, imageId }) =>
      failureCode !== 'ImageNotFound' && !optional.includes(imageId?.imageTag ?? ''),
  )
  if (refused !== undefined) throw unreadable(repository, `${refused.failureCode}: ${refused.failureReason}`)
  const found = new Map<string, StoredImage>()
  for (const image of answer.images ?? []) {
    const { imageId, imageManifest, imageManifestMediaType: mediaType = '', registryId: account } = image
    const { imageDigest: digest, imageTag = digest } = imageId ?? {}
    if (digest === undefined || imageTag === undefined || imageManifest === undefined)
      throw unreadable(repository, 'ECR answered with an image without digest or manifest')
    found.set(imageTag, {
      digest,
      mediaType,
      manifest: parseManifest(imageManifest, `${repository.name}@${digest}`),
      text: imageManifest,
      account,
    })
  }
  if (answer.images === undefined && answer.failures === undefined)
    throw unreadable(repository, 'it answered with success, but said of no tag whether it is there')
  return found
}

async function batchGet(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  imageIds: ImageIdentifier[],
): Promise<BatchGetImageCommandOutput | undefined> {
  const command = new BatchGetImageCommand({
    ...identity(repository),
    imageIds,
    // Without those of indexes, ECR does not return an index as one.
    acceptedMediaTypes: [...MANIFEST_TYPES],
  })
  const asked = { what: 'Cannot look into the repository', on: repository.name, action: 'ecr:BatchGetImage' }
  return callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client
      .send(command, { abortSignal })
      .catch((cause: unknown) => unless('RepositoryNotFoundException', cause, undefined)),
  )
}

export function repositoryMissing({ name }: RepositoryId, registry: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ECR_NO_REPOSITORY',
    what: 'The repository does not exist',
    on: `${name} in ${registry}`,
    seen: 'ECR does not know it in this account and region',
    next: 'Give the step `create-repository: true`, or create it; check name, account and region if it should be there',
  })
}

/** How calls of the API name a repository. */
export function identity({ name, account }: RepositoryId) {
  return { repositoryName: name, ...(account === undefined ? {} : { registryId: account }) }
}

/** An error that is an answer. */
export function unless<T>(name: string, cause: unknown, answer: T): T {
  if (cause instanceof Error && cause.name === name) return answer
  throw cause
}

function unreadable({ name }: RepositoryId, seen: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'ECR_IMAGES',
    what: 'Cannot look into the repository',
    on: name,
    seen,
    next: 'Run the step again; if it stays, look at the repository in the AWS console',
  })
}
