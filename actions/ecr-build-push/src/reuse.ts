import { Failure } from '@mlops-actions/diagnostics'
import {
  type ContentKey,
  type EcrApi,
  findReusable,
  lookUpImages,
  type RepositoryId,
  type Reusable,
  repositoryAt,
  type StoredImage,
} from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'
import type { Keyed } from './key.ts'

/** What became of the content key. */
export type Reuse =
  | ({ readonly kind: 'hit'; readonly key: ContentKey } & Pick<Reusable, 'age' | 'tags'>)
  | { readonly kind: 'miss'; readonly key: ContentKey; readonly reason: string; readonly expired: boolean }
  | { readonly kind: 'off'; readonly reason: string }

const GIT =
  'The context holds `.git`, which is another after each checkout: leave it out by a line `.git` in .dockerignore'

/** What stands in the repository before this step. */
export interface Look {
  readonly repository: RepositoryId
  /** By tag; undefined where there is no repository. */
  readonly before: ReadonlyMap<string, StoredImage> | undefined
  readonly reuse: Reuse
  /** The image that a hit stands for. */
  readonly image: StoredImage | undefined
}

/** Asks for the wanted tags and the content key in one call, and judges what was found under the key. */
export async function lookForImage(
  inputs: Inputs,
  world: ActionWorld,
  ecr: EcrApi,
  { key, reason }: Keyed,
): Promise<Look> {
  const repository = repositoryAt(inputs.registry, inputs.repository)
  const asked = [...inputs.tags, ...alsoAsked(inputs.tags, key)]
  const found = await lookUpImages(world, { ecr, repository }, asked)
  const before = found && readableOf(found, inputs.tags)
  if (key === undefined) {
    world.log.info(`No image is reused: ${reason}`)
    return { repository, before, reuse: { kind: 'off', reason }, image: undefined }
  }
  const answer = await findReusable(world, ecr, repository, found?.get(key.tag), inputs.maxAge)
  if (!answer.ok) {
    const reason = answer.missing && key.hasGit ? `${answer.reason}. ${GIT}` : answer.reason
    world.log.info(`No image is reused: ${reason}`)
    const expired = answer.expired === true
    return { repository, before, reuse: { kind: 'miss', key, reason, expired }, image: undefined }
  }
  const { image, age, tags } = answer
  return { repository, before, reuse: { kind: 'hit', key, age, tags }, image }
}

/** Without any tag ECR would not be asked, and nobody would know whether there is a repository. */
function alsoAsked(tags: readonly string[], key: ContentKey | undefined): readonly string[] {
  if (key !== undefined) return [key.tag]
  return tags.length === 0 ? ['latest'] : []
}

/** An image that ECR cannot show is a failure only under a tag that is wanted. */
function readableOf(
  found: ReadonlyMap<string, StoredImage | Failure>,
  tags: readonly string[],
): ReadonlyMap<string, StoredImage> {
  const images = new Map<string, StoredImage>()
  for (const tag of tags) {
    const image = found.get(tag)
    if (image instanceof Failure) throw image
    if (image !== undefined) images.set(tag, image)
  }
  return images
}
