import { cacheType, secretCacheField } from '@mlops-actions/ecr'
import { Expected, parseKeyValues, parseLines } from '@mlops-actions/text'

/** Control characters end or change a line wherever the value is shown, and none of these values needs one. */
export const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

function matching(pattern: RegExp, want: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text) || CONTROL.test(text)) throw new Expected(want)
    return text
  }
}

export const parseTarget = matching(/^[A-Za-z0-9][\w.-]*$/, 'the name of a stage')
export const parseBuilder = matching(/^[A-Za-z0-9][\w.-]*$/, 'the name of a builder')
/** Where it leads is judged when it is used. */
export const parsePath = matching(/^[^-]/, 'a path that does not begin with -')

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
    if (CONTROL.test(cache) || cacheType(cache) === undefined)
      throw new Expected('lines such as type=registry,ref=host/repository:tag')
    const field = secretCacheField(cache)
    if (field !== undefined)
      throw new Expected(`caches without ${field}: it would show in the list of processes`)
  }
  return caches
}
