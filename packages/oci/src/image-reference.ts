import { Expected } from '@mlops-actions/text'
import { parseDigest } from './digest.ts'

/** `[host[:port]/]path[:tag][@digest]`, its parts as they were written. */
export interface ImageReference {
  /** With its port; absent in the short names of Docker Hub. */
  readonly host?: string
  readonly path: string
  readonly tag?: string
  /** `sha256:…` */
  readonly digest?: string
}

const LONGEST_NAME = 255
const WANT = 'an image reference such as registry.example/team/model:v1 or …@sha256:…'
const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`)
const TAG = /^\w[\w.-]{0,127}$/

/**
 * Reads an image reference by the grammar of distribution/reference (`regexp.go`, `normalize.go`): what
 * stands before the first `/` is a host only if it has a dot, a colon or an upper-case letter, or is
 * `localhost`.
 * @throws Expected when the text is none, or has a tag or digest outside of the grammar
 */
export function parseImageReference(text: string): ImageReference {
  const [named, digest] = splitOnce(text, text.indexOf('@'))
  const slash = named.lastIndexOf('/')
  const colon = named.indexOf(':', slash + 1)
  const [name, tag] = splitOnce(named, colon)
  const { host, path } = splitHost(name)
  if (name.length > LONGEST_NAME || !PATH.test(path)) throw new Expected(WANT)
  if (host !== undefined && !HOST.test(host)) throw new Expected(WANT)
  if (tag !== undefined && !TAG.test(tag))
    throw new Expected(`${WANT} (tag: at most 128 of A-Z a-z 0-9 _ . -)`)
  if (digest !== undefined) parseDigest(digest)
  return {
    ...(host === undefined ? {} : { host }),
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }
}

export function formatImageReference({ host, path, tag, digest }: ImageReference): string {
  const name = host === undefined ? path : `${host}/${path}`
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/**
 * Whether both name the same repository; `nginx` and `docker.io/library/nginx` do. Tags and digests do not
 * count.
 */
export function sameRepository(one: ImageReference, other: ImageReference): boolean {
  return qualifiedName(one) === qualifiedName(other)
}

/** The registry of a reference with that host: Docker Hub without one (`normalize.go`: `index.docker.io` is its former name). */
export function registryHost(host = 'docker.io'): string {
  const name = host.toLowerCase()
  return name === 'index.docker.io' ? 'docker.io' : name
}

/** The repository by its full name, `registry.example/team/model`; Docker Hub's short forms by what they stand for. */
export function qualifiedName({ host, path }: ImageReference): string {
  const registry = registryHost(host)
  return registry === 'docker.io' && !path.includes('/')
    ? `${registry}/library/${path}`
    : `${registry}/${path}`
}

function splitHost(name: string): { host?: string; path: string } {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const isHost = first === 'localhost' || /[.:A-Z]/.test(first)
  return isHost ? { host: first, path: name.slice(slash + 1) } : { path: name }
}

function splitOnce(text: string, at: number): [string, string | undefined] {
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
