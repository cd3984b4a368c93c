import { type ImageReference, parseImageReference } from '@mlops-actions/oci'
import { Expected, parseList } from '@mlops-actions/text'

/** The image to promote, all of whose parts matter. */
export interface SourceImage {
  readonly host: string
  readonly repository: string
  /** Tag or digest; of both the digest, which says more. */
  readonly reference: string
}

const IMAGE =
  'an image with its host, and a tag or a digest, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/ml/churn:v1'

export function parseSourceImage(text: string): SourceImage {
  const { host, path, tag, digest } = parsedBy(parseImageReference, text, IMAGE)
  const reference = digest ?? tag
  if (host === undefined || reference === undefined) throw new Expected(IMAGE)
  return { host, repository: path, reference }
}

const REGISTRY =
  'the host of a registry such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com, without https:// and path'

/** A host as image references begin. */
export function parseRegistry(text: string): string {
  const { host, path } = parsedBy(parseImageReference, `${text}/x`, REGISTRY)
  if (host !== text || path !== 'x') throw new Expected(REGISTRY)
  return host
}

/** ECR's API reference, CreateRepository, `repositoryName`. */
const NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/

export function parseRepositoryName(text: string): string {
  if (NAME.test(text)) return text
  throw new Expected('the name of an ECR repository such as ml/churn, without host and tag')
}

/** @param most how many ECR can say about at once */
export function parseTags(text: string, most: number): string[] {
  const tags = [...new Set(parseList(text))]
  if (tags.some((tag) => !/^[A-Za-z0-9_][\w.-]{0,127}$/.test(tag)))
    throw new Expected('tags of at most 128 of A-Z a-z 0-9 _ . - (no host, no repository)')
  if (tags.length > most) throw new Expected(`at most ${most} tags`)
  return tags
}

export function parsePlatforms(text: string): string[] {
  const platforms = parseList(text)
  if (platforms.every((platform) => /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9._]+)?$/.test(platform)))
    return platforms
  throw new Expected('platforms such as linux/amd64')
}

/** The reasons of the inner parser are about a text that nobody wrote. */
function parsedBy(parse: (text: string) => ImageReference, text: string, want: string): ImageReference {
  try {
    return parse(text)
  } catch {
    throw new Expected(want)
  }
}
