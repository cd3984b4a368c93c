import { bringsPassword } from '@mlops-actions/ecr'
import { type ImageReference, parseImageReference } from '@mlops-actions/oci'
import { Expected } from '@mlops-actions/text'

/** The image to promote, all of whose parts matter. */
export interface SourceImage {
  readonly host: string
  readonly repository: string
  /** Tag or digest; of both the digest, which says more. */
  readonly reference: string
}

const IMAGE =
  'an image with its host, and a tag or a digest, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/ml/churn:v1'

/** @throws Expected */
export function parseSourceImage(text: string): SourceImage {
  const { host, path, tag, digest } = parseReference(text)
  const reference = digest ?? tag
  if (host === undefined || reference === undefined) throw noImage(text)
  return { host, repository: path, reference }
}

function parseReference(text: string): ImageReference {
  try {
    return parseImageReference(text)
  } catch {
    throw noImage(text)
  }
}

function noImage(text: string): Expected {
  return new Expected(IMAGE, { holdsSecret: bringsPassword(text) })
}
