import type { ImageFailure } from '@mlops-actions/aws/ecr'
import { Failure, messageOf } from '@mlops-actions/diagnostics'
import { type AskedRepository, accountOf, nameOf } from './repository.ts'

export const CANNOT_READ = 'Cannot read the image'

/** An image that has to be there. */
export function missingImage(place: AskedRepository, reference: string): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ECR_NO_IMAGE',
    what: 'The image does not exist',
    on: `${nameOf(place)}${reference.includes(':') ? '@' : ':'}${reference}`,
    seen: `the repository ${place.repository.name} in ${accountOf(place)} has no such image`,
    next: 'Check tag or digest, account and region; was it pushed, or has a lifecycle policy removed it?',
  })
}

/**
 * A repository that is not there.
 * @param next what to do about it where the step could create it
 */
export function missingRepository(
  place: AskedRepository,
  next = 'Check name, account and region; a repository that an image is copied or tagged in has to be there before',
): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ECR_NO_REPOSITORY',
    what: 'The repository does not exist',
    on: nameOf(place),
    seen: `${accountOf(place)} has no repository ${place.repository.name} in this region`,
    next,
  })
}

/** ECR's archive storage class: it is there, and cannot be had. */
export function archived(place: AskedRepository, what: string, said = 'ARCHIVED'): Failure {
  return new Failure({
    kind: 'policy',
    code: 'ECR_ARCHIVED',
    what: 'The image is in the archive',
    on: nameOf(place),
    seen: `${what} cannot be read or written: ${said}`,
    next: 'Restore the image that it belongs to (`aws ecr update-image-storage-class --target-storage-class STANDARD`), wait until it is ACTIVE, and run the step again',
  })
}

/** An image of which ECR says why it cannot be had. */
export function refusedImage(
  place: AskedRepository,
  { imageId, failureCode, failureReason }: ImageFailure,
): Failure {
  const { imageTag, imageDigest = '' } = imageId ?? {}
  if (failureCode === 'ImageInaccessible') return archived(place, imageTag ?? imageDigest, failureReason)
  return new Failure({
    kind: 'upstream',
    code: 'ECR_IMAGES',
    what: CANNOT_READ,
    on: `${nameOf(place)}${imageTag === undefined ? `@${imageDigest}` : `:${imageTag}`}`,
    seen: `${failureCode}: ${failureReason}`,
    next: 'Run the step again; if it stays, look at the image in the AWS console',
  })
}

/** A manifest that its digest was not made from. */
export function damagedManifest(place: AskedRepository, digest: string, actual: string): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'ECR_MANIFEST_DAMAGED',
    what: CANNOT_READ,
    on: `${nameOf(place)}@${digest}`,
    seen: `the manifest that came has the digest ${actual}`,
    next: 'Does a proxy change what ECR answers? Run the step again; if it stays, push the image anew',
  })
}

/** A blob that its digest was not made from. */
export function damagedBlob(place: AskedRepository, digest: string, seen: string, what = 'A layer'): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'ECR_BLOB_DAMAGED',
    what: `${what} came damaged`,
    on: `${nameOf(place)}, blob ${digest}`,
    seen,
    next: 'Does a proxy stand before the storage of the registry? If not, push the image anew',
  })
}

export function noManifest(place: AskedRepository, digest: string, cause: unknown): Failure {
  return new Failure({
    kind: 'config',
    code: 'ECR_MANIFEST',
    what: CANNOT_READ,
    on: `${nameOf(place)}@${digest}`,
    seen: messageOf(cause),
    next: 'Look at it with `docker buildx imagetools inspect`: is it another kind of artifact? Images of Docker schema 1 have to be built anew',
    cause,
  })
}

/** ECR answers, but not as ECR does. */
export function wrongAnswer(place: AskedRepository, how: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'ECR_IMAGES',
    what: CANNOT_READ,
    on: nameOf(place),
    seen: `it answered with success, but ${how}`,
    next: 'Run the step again; does something else answer in the place of ECR?',
  })
}
