import { Failure } from '@mlops-actions/diagnostics'
import { type AskedRepository, accountOf, nameOf } from './repository.ts'

/** The image that is to be copied is not there. */
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

/** A repository that the step does not create. */
export function missingRepository(place: AskedRepository): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ECR_NO_REPOSITORY',
    what: 'The repository does not exist',
    on: nameOf(place),
    seen: `${accountOf(place)} has no repository ${place.repository.name} in this region`,
    next: 'Check name, account and region; a repository that an image is copied or tagged in has to be there before',
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
