import type { Failure } from '@mlops-actions/diagnostics'
import type { Change } from '../change.ts'
import type { Edit } from '../edit/splice.ts'
import { refuse } from '../file.ts'
import { childOf, isRecord, type Path, valueAt } from '../tree.ts'
import { formatParts, partsOf } from './images.ts'
import { spotsOfPath } from './object.ts'
import { parsePath, resolvePath } from './path.ts'
import { type Form, SCALAR, type Spot, textOf } from './spot.ts'

/** The key under which charts keep the repository of an image. */
const NAMES = ['repository', 'name', 'image'] as const
const PARTS: ReadonlySet<string> = new Set([...NAMES, 'registry', 'tag', 'digest'])

/**
 * An image in the parts that a chart keeps: `{registry, repository, tag, digest}` or `{name, tag}`. Only keys that are
 * there are written, since a chart reads no others: where there is none for the digest, it goes behind the tag. A tag
 * alone is refused: of which repository it is stands elsewhere, so nobody could tell that the new one is of the same.
 */
export const IMAGE_PARTS: Form = {
  read(map) {
    const { name = '', tag, digest } = partsIn(map)
    return formatParts({ name, tag, digest })
  },
  edits(map, setting, on) {
    const { name, tag = '', digest = '' } = partsOf(setting)
    if (partsIn(map).name === undefined) throw noRepository(on)
    const old = childOf(map, 'digest')
    const hasDigest = old !== undefined
    if (!hasDigest && tag === '') throw noTag(on, String(setting.value))
    const wholeTag = hasDigest || digest === '' ? tag : `${tag}@${digest}`
    return [
      ...nameEdits(map, name),
      { path: ['tag'], value: wholeTag },
      ...(hasDigest && textOf(old) !== digest ? [{ path: ['digest'], value: digest }] : []),
    ]
  },
}

/** The spots of Helm values: the one at the target's path, or else all that have the shape of what is to be set. */
export function spotsOfValues(root: unknown, change: Change): readonly Spot[] {
  const { path } = change.target
  if (change.set === 'value') return spotsOfPath(root, change.path)
  if (change.set === 'annotation' || change.set === 'env') return []
  if (path === undefined) return shapedLike(root, [], change.set)
  if (change.set === 'storage-uri') return spotsOfPath(root, path)
  return spotsOfImage(root, path)
}

/** An image stands whole at the path, or in parts, one of which the path may end with. */
function spotsOfImage(root: unknown, text: string): readonly Spot[] {
  const path = resolvePath(root, parsePath(text))
  if (path === undefined) return []
  const value = valueAt(root, path)
  const holder = path.slice(0, -1)
  if (isImageMap(value)) return [{ path, form: IMAGE_PARTS }]
  if (PARTS.has(String(path.at(-1))) && isImageMap(valueAt(root, holder)))
    return [{ path: holder, form: IMAGE_PARTS }]
  return value === undefined || isRecord(value) ? [] : [{ path, form: SCALAR }]
}

function shapedLike(value: unknown, path: Path, set: 'image' | 'storage-uri'): readonly Spot[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => shapedLike(item, [...path, index], set))
  if (!isRecord(value)) return []
  if (set === 'image' && isImageMap(value)) return [{ path, form: IMAGE_PARTS }]
  const key = set === 'image' ? 'image' : 'storageUri'
  return Object.entries(value).flatMap(([name, child]) =>
    name === key && (child === null || typeof child === 'string')
      ? [{ path: [...path, name], form: SCALAR }]
      : shapedLike(child, [...path, name], set),
  )
}

function isImageMap(value: unknown): boolean {
  return isRecord(value) && childOf(value, 'tag') !== undefined
}

function noTag(on: string, image: string): Failure {
  const seen = `there is no key for a digest, and "${image}" has no tag`
  return refuse('MANIFEST_IMAGE_PARTS', on, seen, 'Give the image with a tag, or the values a key `digest`')
}

function noRepository(on: string): Failure {
  const seen = 'a tag stands here without the repository that it is of'
  const next = 'Set the tag as text, with its own `path` and `value`, or write the repository beside it'
  return refuse('MANIFEST_IMAGE_PARTS', on, seen, next)
}

interface FoundParts {
  readonly name: string | undefined
  readonly tag: string
  readonly digest: string
}

function partsIn(map: unknown): FoundParts {
  const [tag = '', inTag = ''] = textOf(childOf(map, 'tag')).split('@')
  const digest = textOf(childOf(map, 'digest')) || inTag
  const key = NAMES.find((name) => childOf(map, name) !== undefined)
  const registry = textOf(childOf(map, 'registry'))
  const repository = key === undefined ? undefined : textOf(childOf(map, key))
  const name = registry === '' || repository === undefined ? repository : `${registry}/${repository}`
  return { name, tag, digest }
}

/** A registry that is kept apart goes on being so. */
function nameEdits(map: unknown, name: string): readonly Edit[] {
  const key = NAMES.find((one) => childOf(map, one) !== undefined)
  if (key === undefined || partsIn(map).name === name) return []
  if (childOf(map, 'registry') === undefined) return [{ path: [key], value: name }]
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const isHost = first === 'localhost' || /[.:]/.test(first)
  return [
    { path: ['registry'], value: isHost ? first : 'docker.io' },
    { path: [key], value: isHost ? name.slice(slash + 1) : name },
  ]
}
