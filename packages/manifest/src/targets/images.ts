import type { ImageParts, Setting } from '../change.ts'
import { textOf } from './spot.ts'

/** `name:tag@digest`, of what is there. */
export function formatParts({ name, tag = '', digest = '' }: ImageParts): string {
  return `${name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`
}

/** The parts of an image that is to be set; of another setting none. */
export function partsOf(setting: Setting): ImageParts {
  return setting.set === 'image' ? setting.parts : { name: textOf(setting.value) }
}

/**
 * An image reference as it is split by kustomize and Argo CD: the tag starts at the first `:` behind the last `/` (kustomize
 * api/internal/image/image.go).
 */
export function splitImage(text: string): ImageParts {
  const [named = '', ...digest] = text.split('@')
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  return {
    name: colon === -1 ? named : named.slice(0, colon),
    ...(colon === -1 ? {} : { tag: named.slice(colon + 1) }),
    ...(digest.length === 0 ? {} : { digest: digest.join('@') }),
  }
}
