import { secretCacheField } from '@mlops-actions/ecr'
import { parseImageReference } from '@mlops-actions/oci'
import { Expected, parseKeyValues, parseLines, parseList } from '@mlops-actions/text'

/** Control characters end or change a line wherever the value is shown, and none of these values needs one. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

function matching(pattern: RegExp, want: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text) || CONTROL.test(text)) throw new Expected(want)
    return text
  }
}

/** ECR's API reference, CreateRepository, `repositoryName`. */
export const parseRepositoryName = matching(
  /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
  'the name of an ECR repository such as ml/churn, without host and tag',
)

export const parseTarget = matching(/^[A-Za-z0-9][\w.-]*$/, 'the name of a stage')
export const parseBuilder = matching(/^[A-Za-z0-9][\w.-]*$/, 'the name of a builder')
/** Where it leads is judged when it is used. */
export const parsePath = matching(/^[^-]/, 'a path that does not begin with -')

const parseTag = matching(
  /^[A-Za-z0-9_][\w.-]{0,127}$/,
  'tags of at most 128 of A-Z a-z 0-9 _ . - (no host, no repository)',
)
const parsePlatform = matching(/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9._]+)?$/, 'platforms such as linux/amd64')

/** A host as image references begin: no scheme, no path. */
export function parseRegistry(text: string): string {
  const want =
    'the host of a registry such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com, without https:// and path'
  try {
    const { host, path } = parseImageReference(`${text}/x`)
    if (host === text && path === 'x') return text
  } catch {
    // The reason is about an image reference, which nobody wrote.
  }
  throw new Expected(want)
}

/** @param most how many ECR can say about at once */
export function parseTags(text: string, most: number): string[] {
  const tags = [...new Set(parseList(text).map(parseTag))]
  if (tags.length > most) throw new Expected(`at most ${most} tags`)
  return tags
}

export function parsePlatforms(text: string): string[] {
  return parseList(text).map(parsePlatform)
}

type Pairs = ReadonlyMap<string, string>

function pairsOf(key: RegExp, value: RegExp, want: string): (text: string) => Pairs {
  return (text) => {
    const pairs = parseKeyValues(text)
    for (const [name, content] of pairs) {
      if (!key.test(name) || !value.test(content) || CONTROL.test(content)) throw new Expected(want)
    }
    return pairs
  }
}

export const parseBuildArgs = pairsOf(/^[A-Za-z_]\w*$/, /^/, 'lines of NAME=value')
export const parseLabels = pairsOf(/^[A-Za-z0-9][\w./-]*$/, /^/, 'lines of key=value, as labels of an image')
export const parseBuildContexts = pairsOf(
  /^[\w][\w.:/@-]*$/,
  /^[^-]/,
  'lines of name=path, name=docker-image://image or name=https://…',
)
const ID = /^[A-Za-z0-9_][\w.-]*$/
export const parseSecrets = pairsOf(ID, /./, 'lines of id=value')
export const parseSecretEnvs = pairsOf(
  ID,
  /^[A-Za-z_]\w*$/,
  'lines of id=NAME, the name of a variable of this job',
)
export const parseSecretFiles = pairsOf(ID, /^[^-]/, 'lines of id=path')

/** Lines of buildx's own form; one with a secret in it would stand in the list of processes. */
export function parseCaches(text: string): string[] {
  const caches = parseLines(text)
  for (const cache of caches) {
    if (CONTROL.test(cache)) throw new Expected('lines such as type=registry,ref=host/repository:tag')
    const field = secretCacheField(cache)
    if (field !== undefined)
      throw new Expected(`caches without ${field}: it would show in the list of processes`)
  }
  return caches
}
