import { normalizePlatform } from '@mlops-actions/oci'
import { Expected } from '@mlops-actions/text'

/** Where an annotation can stand so that a registry keeps it (docker/buildx docs, "Annotations"). */
const PLACES = ['manifest', 'index', 'manifest-descriptor'] as const

export interface AnnotationPlace {
  readonly kind: (typeof PLACES)[number]
  /** `linux/arm64`, by its one name; undefined means every platform. */
  readonly platform: string | undefined
}

export interface BuildAnnotation {
  /** None means the manifest of every platform. */
  readonly places: readonly AnnotationPlace[]
  readonly key: string
  readonly value: string
}

const KEY = /^[A-Za-z0-9][\w./-]*$/
const WANT =
  'lines of key=value, perhaps behind manifest:, index: or manifest-descriptor:, these with a platform as manifest[linux/amd64]:'

/**
 * `key=value`, `index:key=value` or `index,manifest[linux/amd64]:key=value`.
 * @throws Expected, also for `index-descriptor`, which stands beside an index and not in it: no registry keeps it
 */
export function parseAnnotation(line: string): BuildAnnotation {
  const at = line.indexOf('=')
  const [, places = '', key = ''] = /^(?:(.+):)?([^:]*)$/s.exec(line.slice(0, Math.max(at, 0)).trim()) ?? []
  if (!KEY.test(key)) throw new Expected(WANT)
  const value = line.slice(at + 1).trim()
  return { places: places === '' ? [] : places.split(',').map(parsePlace), key, value }
}

function parsePlace(text: string): AnnotationPlace {
  const [, name, platform] = /^([a-z-]+)(?:\[([\w/.-]+)\])?$/.exec(text.trim()) ?? []
  const kind = PLACES.find((known) => known === name)
  if (kind === undefined || (kind === 'index' && platform !== undefined)) throw new Expected(WANT)
  return { kind, platform: platform && normalizePlatform(platform) }
}

export function formatAnnotation({ places, key, value }: BuildAnnotation): string {
  const where = places.map(formatPlace).join(',')
  return `${where === '' ? '' : `${where}:`}${key}=${value}`
}

export function formatPlace({ kind, platform }: AnnotationPlace): string {
  return platform === undefined ? kind : `${kind}[${platform}]`
}
