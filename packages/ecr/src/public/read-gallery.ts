import type { Image, ImageFailure, ImageIdentifier } from '@mlops-actions/aws/ecr'
import type { World } from '@mlops-actions/diagnostics'
import { describeRepository } from '../describe-repository.ts'
import { PUBLIC_HOST } from '../registry-host.ts'
import type { AskedRepository } from '../repository.ts'
import type { Gallery } from './gallery.ts'

type Call = Pick<World, 'signal'>

/**
 * What BatchGetImage would answer, out of a repository of ECR Public; undefined where the repository does not exist, which
 * its API is asked for, since nobody documents what its registry says then.
 * @throws Failure what AWS or the registry refused
 */
export async function readGallery(
  call: Call,
  place: AskedRepository,
  gallery: Gallery,
  imageIds: readonly ImageIdentifier[],
): Promise<{ readonly images: Image[]; readonly failures: ImageFailure[] } | undefined> {
  const host = await galleryHost(call, place, gallery)
  if (host === undefined) return undefined
  const images: Image[] = []
  const failures: ImageFailure[] = []
  const read = async (imageId: ImageIdentifier): Promise<void> => {
    const { imageDigest, imageTag } = imageId
    const manifest = await gallery.manifest(host, place.repository.name, imageDigest ?? imageTag ?? '')
    if (manifest === undefined) {
      failures.push({ imageId, failureCode: 'ImageNotFound' })
      return
    }
    const { digest, mediaType, text } = manifest
    images.push({
      imageId: { imageDigest: digest, ...imageId },
      imageManifest: text,
      imageManifestMediaType: mediaType,
    })
  }
  await Promise.all(imageIds.map(read))
  return { images, failures }
}

/**
 * Host of a registry, as it stands in the names of its images: what is given, but behind an endpoint of somebody's own
 * for ECR Public, which says of a repository that is there where it is.
 */
export async function hostOfImages(
  call: Call,
  place: AskedRepository & { readonly host: string },
): Promise<string> {
  const { gallery } = place.ecr
  if (gallery?.isElsewhere !== true) return place.host
  return (await galleryHost(call, place, gallery)) ?? place.host
}

/** Undefined where there is no such repository; asked until it is there. */
async function galleryHost(
  call: Call,
  { ecr, repository }: AskedRepository,
  { isElsewhere, known }: Gallery,
): Promise<string | undefined> {
  const before = known.get(repository.name)
  if (before !== undefined) return before
  const what = 'Cannot look into the repository'
  const uri = (await describeRepository(call, ecr, repository, what))?.repositoryUri
  if (uri === undefined) return undefined
  const host = isElsewhere ? (uri.split('/')[0] ?? '') : PUBLIC_HOST
  known.set(repository.name, host)
  return host
}
