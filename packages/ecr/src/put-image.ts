import { PutImageCommand } from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { callEcr } from './api.ts'
import { missingRepository } from './image-failures.ts'
import { type AskedRepository, identity, nameOf } from './repository.ts'
import { findImages, type ManifestText } from './stored-images.ts'
import type { IsImmutable } from './tag-mutability.ts'
import { tagTaken } from './taken-tag.ts'

type Call = Pick<World, 'signal'>

/** A tag for an image, and how a failure says that the image was to have it: `promoted is`. */
export interface TagWish {
  readonly tag: string
  readonly ours: string
}

/**
 * Stores a manifest byte for byte, under a tag or under its digest alone. ECR counts the digest itself and refuses
 * whatever is not this image; that it is there already is as good.
 * @throws Failure `conflict` with both digests where the tag is another image's and may not move, and what AWS refused
 */
export async function putManifest(
  call: Call,
  place: AskedRepository,
  manifest: ManifestText,
  wish?: TagWish,
): Promise<void> {
  const { digest, mediaType, text } = manifest
  const command = new PutImageCommand({
    ...identity(place.repository),
    imageManifest: text,
    imageManifestMediaType: mediaType,
    imageDigest: digest,
    ...(wish === undefined ? {} : { imageTag: wish.tag }),
  })
  const asked = {
    what: wish === undefined ? 'Cannot store the manifest' : 'Cannot set the tag',
    on: `${nameOf(place)}${wish === undefined ? `@${digest}` : `:${wish.tag}`}`,
    action: 'ecr:PutImage',
  }
  let refusal: string | undefined
  await callEcr(call, place.ecr, asked, (abortSignal) =>
    place.ecr.client.send(command, { abortSignal }).catch((cause: unknown) => {
      refusal = cause instanceof Error && Object.hasOwn(ANSWERS, cause.name) ? cause.name : undefined
      if (refusal === undefined) throw cause
    }),
  )
  if (refusal !== undefined) await ANSWERS[refusal]?.(call, place, digest, wish)
}

/**
 * The tags that do not name an image yet. Those come first that are the likeliest to be refused, so that then nothing has
 * moved: tags of another image that are immutable, then the others that have to move, then the free ones.
 * @param before digests by tag
 */
export function tagsToPut(
  tags: readonly string[],
  digest: string | undefined,
  before: ReadonlyMap<string, string>,
  isImmutable: IsImmutable = () => false,
): readonly string[] {
  const rank = (tag: string): number => (before.has(tag) ? 1 + Number(isImmutable(tag)) : 0)
  return tags
    .filter((tag) => digest === undefined || before.get(tag) !== digest)
    .toSorted((one, other) => rank(other) - rank(one))
}

type Answer = (call: Call, place: AskedRepository, digest: string, wish: TagWish | undefined) => Promise<void>

/** Exceptions of PutImage that mean something here. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  ImageAlreadyExistsException: async () => {},
  ImageTagAlreadyExistsException: refuseMove,
  RepositoryNotFoundException: async (_call, place) => {
    throw missingRepository(place)
  },
  LayersNotFoundException: incomplete,
  ReferencedImagesNotFoundException: incomplete,
  ImageDigestDoesNotMatchException: async (_call, place, digest) => {
    throw new Failure({
      kind: 'integrity',
      code: 'ECR_DIGEST',
      what: 'The registry counts another digest',
      on: `${nameOf(place)}@${digest}`,
      seen: 'the manifest that arrived is not the one that was sent',
      next: 'Look at the proxy between the runner and ECR: it changes what is sent',
    })
  },
}

/** Between the look and the write somebody may have set the tag to this very image: then all is well. */
async function refuseMove(
  call: Call,
  place: AskedRepository,
  digest: string,
  wish: TagWish | undefined,
): Promise<void> {
  const { tag = '', ours = '' } = wish ?? {}
  const taken = (await findImages(call, place, [tag]))?.get(tag)
  if (taken?.digest === digest) return
  throw tagTaken(`${nameOf(place)}:${tag}`, taken?.digest, `${ours} ${digest}`)
}

/** What was there a moment ago is gone: a lifecycle policy, or somebody who cleans up. */
async function incomplete(_call: Call, place: AskedRepository, digest: string): Promise<void> {
  throw new Failure({
    kind: 'upstream',
    code: 'ECR_INCOMPLETE',
    what: 'The registry misses a part of the image',
    on: `${nameOf(place)}@${digest}`,
    seen: 'it was there a moment ago, and is not there now',
    next: 'Run the step again; does a lifecycle policy or another job remove images of this repository?',
  })
}
