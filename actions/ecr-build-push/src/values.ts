import { bringsPassword, cacheBringsPassword, cacheType, secretCacheField } from '@mlops-actions/ecr'
import { Expected, parseKeyValues, parseLines } from '@mlops-actions/text'

/** Control characters end or change a line wherever the value is shown, and none of these values needs one. */
export const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

function matching(pattern: RegExp, want: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text) || CONTROL.test(text)) throw new Expected(want)
    return text
  }
}

/** What build-push-action takes for a context and is no folder: URLs, git by ssh, and its placeholder for git's copy. */
const NO_FOLDER = /:\/\/|^[\w.-]+@[\w.-]+:|\{\{/

export function parseContext(text: string): string {
  if (!NO_FOLDER.test(text)) return parsePath(text)
  throw new Expected(
    'the path of a folder: a context of git, a URL or an image is not taken. Run actions/checkout before this step, and give the folder in it',
    { holdsSecret: bringsPassword(text) },
  )
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
const SHOWN = 'it would show in the list of processes'

/** Looked for before anything else is judged: no message may quote such a value. */
export function parseBuildContexts(text: string): Pairs {
  if (parseLines(text).some((line) => bringsPassword(line.slice(line.indexOf('=') + 1).trim())))
    throw new Expected(
      `contexts without user and password: ${SHOWN}. Give a token for git as GIT_AUTH_TOKEN in \`secrets\`, and a login of a registry in \`registries\``,
      { holdsSecret: true },
    )
  return parseContextPairs(text)
}

const parseContextPairs = pairsOf(
  /^[\w][\w.:/@-]*$/,
  /^(?!-|\{\{)./,
  'lines of name=path, name=docker-image://image or name=https://…',
)
const ID = /^[A-Za-z0-9_][\w.-]*$/
export const parseSecrets = pairsOf(ID, /./, 'lines of id=value')

/** What is no name may be the value itself, so that nothing of it is quoted. */
export function parseSecretEnvs(text: string): Pairs {
  try {
    return parseEnvPairs(text)
  } catch (thrown) {
    throw thrown instanceof Expected ? new Expected(thrown.want, { holdsSecret: true }) : thrown
  }
}

const parseEnvPairs = pairsOf(
  ID,
  /^[A-Za-z_]\w*$/,
  'lines of id=NAME, the name of a variable of this job; a value itself belongs into `secrets`',
)
export const parseSecretFiles = pairsOf(ID, /^[^-]/, 'lines of id=path')

/** Lines of buildx's own form; one with a secret in it would stand in the list of processes. */
export function parseCaches(text: string): string[] {
  const caches = parseLines(text)
  for (const cache of caches) refuseSecret(cache)
  if (caches.some((cache) => CONTROL.test(cache) || cacheType(cache) === undefined))
    // Nobody can say what is in a line whose quotes are wrong.
    throw new Expected('lines such as type=registry,ref=host/repository:tag', {
      holdsSecret: text.includes('"'),
    })
  return caches
}

function refuseSecret(cache: string): void {
  const field = secretCacheField(cache)
  if (field !== undefined) throw new Expected(`caches without ${field}: ${SHOWN}`, { holdsSecret: true })
  if (cacheBringsPassword(cache))
    throw new Expected(`caches without user and password: ${SHOWN}. Give a login in \`registries\``, {
      holdsSecret: true,
    })
}
