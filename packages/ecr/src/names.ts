import { normalizePlatform, parseImageReference } from '@mlops-actions/oci'
import { Expected, parseList } from '@mlops-actions/text'
import { bringsPassword } from './place-password.ts'
import { parseRegistryHost } from './registry-host.ts'
import { MOST_TAGS } from './repository.ts'

/** ECR's API reference, CreateRepository, `repositoryName`. */
const REPOSITORY = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/
const TAG = /^[A-Za-z0-9_][\w.-]{0,127}$/
const PLATFORM = /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9._]+)?$/

/** A host of ECR in front of a name would be a part of the name: ECR takes it, dots and all. @throws Expected */
export function parseRepositoryName(text: string): string {
  const { kind } = parseRegistryHost(text.split('/')[0] ?? '')
  if (kind === 'private' || kind === 'public')
    throw new Expected('the name alone, such as ml/churn: put the host into `registry`')
  if (REPOSITORY.test(text)) return text
  throw new Expected('the name of an ECR repository such as ml/churn, without host and tag', {
    holdsSecret: bringsPassword(text),
  })
}

/** A host as image references begin: no scheme, no path. @throws Expected */
export function parseRegistry(text: string): string {
  const want =
    'the host of a registry such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com, without https:// and path'
  try {
    const { host, path } = parseImageReference(`${text}/x`)
    if (host === text && path === 'x') return text
  } catch {
    // The reason is about an image reference, which nobody wrote.
  }
  throw new Expected(want, { holdsSecret: bringsPassword(text) })
}

/** A list of tags, each once, no more than ECR can say about at once. @throws Expected */
export function parseTags(text: string): string[] {
  const tags = [...new Set(parseList(text))]
  if (!tags.every((tag) => TAG.test(tag)))
    throw new Expected('tags of at most 128 of A-Z a-z 0-9 _ . - (no host, no repository)')
  if (tags.length > MOST_TAGS) throw new Expected(`at most ${MOST_TAGS} tags`)
  return tags
}

/** Each once, by its one name. @throws Expected */
export function parsePlatforms(text: string): string[] {
  const platforms = parseList(text)
  if (!platforms.every((platform) => PLATFORM.test(platform)))
    throw new Expected('platforms such as linux/amd64')
  return [...new Set(platforms.map(normalizePlatform))]
}
