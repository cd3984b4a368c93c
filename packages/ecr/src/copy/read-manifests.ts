import { createHash } from 'node:crypto'
import { BatchGetImageCommand, type ImageFailure, type ImageIdentifier } from '@mlops-actions/aws/ecr'
import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import { MANIFEST_TYPES, type OciManifest, parseOciManifest } from '@mlops-actions/oci'
import { callEcr } from '../api.ts'
import type { ManifestText } from '../put-image.ts'
import { identity, MOST_TAGS } from '../repository.ts'
import { archived, missingImage, missingRepository } from './missing.ts'
import { nameOf, type Place } from './place.ts'

/** A manifest just as it is stored, and what it says. */
export interface StoredManifest extends ManifestText {
  readonly manifest: OciManifest
}

type Call = Pick<World, 'signal'>

/**
 * The manifests that stand under these tags or digests, by what was asked for; those that are not there are left out.
 * @throws Failure `not-found` without the repository, `integrity` for a text that its digest was not made from,
 *   `config` for what is no manifest, and what AWS refused
 */
export async function readManifests(
  call: Call,
  place: Place,
  references: readonly string[],
): Promise<ReadonlyMap<string, StoredManifest>> {
  const found = new Map<string, StoredManifest>()
  for (let at = 0; at < references.length; at += MOST_TAGS) {
    const batch = references.slice(at, at + MOST_TAGS)
    for (const [reference, manifest] of await readBatch(call, place, batch)) found.set(reference, manifest)
  }
  return found
}

/** @throws Failure `not-found` where it is not there, with the repository and the account */
export async function readManifest(call: Call, place: Place, reference: string): Promise<StoredManifest> {
  const manifest = (await readManifests(call, place, [reference])).get(reference)
  if (manifest === undefined) throw missingImage(place, reference)
  return manifest
}

async function readBatch(
  call: Call,
  place: Place,
  references: readonly string[],
): Promise<readonly (readonly [string, StoredManifest])[]> {
  const { ecr, repository } = place
  const command = new BatchGetImageCommand({
    ...identity(repository),
    imageIds: references.map(identify),
    acceptedMediaTypes: [...MANIFEST_TYPES],
  })
  const asked = { what: 'Cannot read the image', on: nameOf(place), action: 'ecr:BatchGetImage' }
  const answer = await callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client.send(command, { abortSignal }).catch((cause: unknown) => {
      throw cause instanceof Error && cause.name === 'RepositoryNotFoundException'
        ? missingRepository(place)
        : cause
    }),
  )
  refuseOthers(place, answer.failures ?? [])
  return (answer.images ?? []).flatMap(({ imageId, imageManifest = '', imageManifestMediaType = '' }) => {
    const { imageDigest = '', imageTag = '' } = imageId ?? {}
    const manifest = read(place, imageDigest, imageManifest, imageManifestMediaType)
    // An answer may name a tag that was not asked for.
    return [imageTag, imageDigest]
      .filter((reference) => references.includes(reference))
      .map((reference) => [reference, manifest] as const)
  })
}

function identify(reference: string): ImageIdentifier {
  return reference.includes(':') ? { imageDigest: reference } : { imageTag: reference }
}

/** Of an image that is not there ECR says so among the failures; everything else there is one. */
function refuseOthers(place: Place, failures: readonly ImageFailure[]): void {
  const failure = failures.find(({ failureCode }) => failureCode !== 'ImageNotFound')
  if (failure === undefined) return
  const { failureCode, failureReason, imageId } = failure
  const reference = imageId?.imageTag ?? imageId?.imageDigest ?? ''
  if (failureCode === 'ImageInaccessible') throw archived(place, reference, failureReason)
  throw unreadable(place, reference, `${failureCode}: ${failureReason}`)
}

function read(place: Place, digest: string, text: string, mediaType: string): StoredManifest {
  const actual = `sha256:${createHash('sha256').update(text).digest('hex')}`
  if (actual !== digest)
    throw new Failure({
      kind: 'integrity',
      code: 'ECR_MANIFEST_DAMAGED',
      what: 'Cannot read the image',
      on: `${nameOf(place)}@${digest}`,
      seen: `the manifest that came has the digest ${actual}`,
      next: 'Does a proxy change what ECR answers? Run the step again; if it stays, push the image anew',
    })
  try {
    const manifest = parseOciManifest(text, mediaType)
    return { digest, mediaType: manifest.mediaType, text, manifest }
  } catch (cause) {
    throw unreadable(place, digest, messageOf(cause), cause)
  }
}

function unreadable(place: Place, reference: string, seen: string, cause?: unknown): Failure {
  return new Failure({
    kind: 'config',
    code: 'ECR_MANIFEST',
    what: 'Cannot read the image',
    on: `${nameOf(place)}${reference.includes(':') ? '@' : ':'}${reference}`,
    seen,
    next: 'Look at it with `docker buildx imagetools inspect`; images of Docker schema 1 have to be built anew',
    cause,
  })
}
