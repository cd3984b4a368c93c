import { createHash } from 'node:crypto'
import {
  BatchGetImageCommand,
  type BatchGetImageCommandOutput,
  type Image,
  type ImageIdentifier,
} from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { MANIFEST_TYPES, type OciManifest, parseOciManifest } from '@mlops-actions/oci'
import { callEcr } from './api.ts'
import {
  CANNOT_READ,
  damagedManifest,
  missingImage,
  missingRepository,
  noManifest,
  refusedImage,
  wrongAnswer,
} from './image-failures.ts'
import { readGallery } from './public/read-gallery.ts'
import { type AskedRepository, identity, MOST_TAGS, nameOf, unless } from './repository.ts'

/** A manifest just as it is stored; `text` is byte for byte what the digest was made from. */
export interface ManifestText {
  /** `sha256:…` */
  readonly digest: string
  readonly mediaType: string
  readonly text: string
}

/** An image or an index as a repository has it. */
export interface StoredImage extends ManifestText {
  readonly manifest: OciManifest
  /** Account of the registry, as ECR says it. */
  readonly account: string | undefined
}

type Call = Pick<World, 'signal'>
type Answer = Pick<BatchGetImageCommandOutput, 'images' | 'failures'>

/**
 * What stands under these tags or digests, by what was asked for; what is not there is left out. What is there and cannot
 * be had is a failure of its own: `policy` in the archive, `integrity` for a text that its digest was not made from,
 * `config` for what is no manifest. Undefined where the repository does not exist.
 * BatchGetImage is part of every role that may push, and says of a missing image that it is missing. ECR Public has none:
 * there its registry is asked.
 * @throws Failure what AWS refused; `upstream` for an answer that says nothing
 */
export async function lookUpImages(
  call: Call,
  place: AskedRepository,
  references: readonly string[],
): Promise<ReadonlyMap<string, StoredImage | Failure> | undefined> {
  const found = new Map<string, StoredImage | Failure>()
  for (let at = 0; at < references.length; at += MOST_TAGS) {
    const batch = references.slice(at, at + MOST_TAGS)
    const answer = await ask(call, place, batch)
    if (answer === undefined) return undefined
    for (const [reference, image] of readAnswer(place, batch, answer)) found.set(reference, image)
  }
  return found
}

/** The same where each must be readable. @throws Failure also for one that cannot be had */
export async function findImages(
  call: Call,
  place: AskedRepository,
  references: readonly string[],
): Promise<ReadonlyMap<string, StoredImage> | undefined> {
  const found = await lookUpImages(call, place, references)
  return found && new Map([...found].map(([reference, image]) => [reference, readable(image)]))
}

/** The same where each must be there. @throws Failure `not-found` with the repository and the account */
export async function requireImages(
  call: Call,
  place: AskedRepository,
  references: readonly string[],
): Promise<readonly StoredImage[]> {
  const found = await findImages(call, place, references)
  return references.map((reference) => present(place, found, reference))
}

/** The same of one. @throws Failure */
export async function requireImage(
  call: Call,
  place: AskedRepository,
  reference: string,
): Promise<StoredImage> {
  return present(place, await findImages(call, place, [reference]), reference)
}

function present(
  place: AskedRepository,
  found: ReadonlyMap<string, StoredImage> | undefined,
  reference: string,
): StoredImage {
  if (found === undefined) throw missingRepository(place)
  const image = found.get(reference)
  if (image === undefined) throw missingImage(place, reference)
  return image
}

function readable(image: StoredImage | Failure): StoredImage {
  if (image instanceof Failure) throw image
  return image
}

function ask(call: Call, place: AskedRepository, references: readonly string[]): Promise<Answer | undefined> {
  const { ecr, repository } = place
  const imageIds = references.map(identify)
  if (ecr.gallery !== undefined) return readGallery(call, place, ecr.gallery, imageIds)
  const command = new BatchGetImageCommand({
    ...identity(repository),
    imageIds,
    // Without those of indexes, ECR does not return an index as one.
    acceptedMediaTypes: [...MANIFEST_TYPES],
  })
  const asked = { what: CANNOT_READ, on: nameOf(place), action: 'ecr:BatchGetImage' }
  return callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client
      .send(command, { abortSignal })
      .catch((cause: unknown) => unless('RepositoryNotFoundException', cause, undefined)),
  )
}

/** A tag has no colon (distribution/reference). */
function identify(reference: string): ImageIdentifier {
  return reference.includes(':') ? { imageDigest: reference } : { imageTag: reference }
}

/** Of each reference the image or why it cannot be had; one of which nothing is said at all could be taken for a free one. */
function readAnswer(
  place: AskedRepository,
  asked: readonly string[],
  { images = [], failures = [] }: Answer,
): ReadonlyMap<string, StoredImage | Failure> {
  const missing = failures.filter(({ failureCode }) => failureCode === 'ImageNotFound')
  const said = new Map<string, StoredImage | Failure | undefined>([
    ...missing.flatMap((one) => named(asked, one, undefined)),
    ...failures
      .filter((one) => !missing.includes(one))
      .flatMap((one) => named(asked, one, refusedImage(place, one))),
    ...images.flatMap((one) => named(asked, one, read(place, one))),
  ])
  const unsaid = asked.find((reference) => !said.has(reference))
  if (unsaid !== undefined) throw wrongAnswer(place, `without a word of ${unsaid}`)
  return new Map([...said].flatMap(([reference, image]) => (image === undefined ? [] : [[reference, image]])))
}

/** Of one digest an answer may name a tag that was not asked for, or both of them. */
function named<T>(
  asked: readonly string[],
  { imageId: { imageTag, imageDigest } = {} }: { readonly imageId?: ImageIdentifier | undefined },
  what: T,
): readonly (readonly [string, T])[] {
  return asked.filter((one) => one === imageTag || one === imageDigest).map((one) => [one, what])
}

function read(place: AskedRepository, image: Image): StoredImage | Failure {
  const { imageId, imageManifest: text, imageManifestMediaType = '', registryId: account } = image
  const digest = imageId?.imageDigest
  if (digest === undefined || text === undefined)
    throw wrongAnswer(place, 'with an image without digest or manifest')
  const actual = `sha256:${createHash('sha256').update(text).digest('hex')}`
  if (actual !== digest) return damagedManifest(place, digest, actual)
  try {
    const manifest = parseOciManifest(text, imageManifestMediaType)
    return { digest, mediaType: manifest.mediaType, text, manifest, account }
  } catch (cause) {
    return noManifest(place, digest, cause)
  }
}
