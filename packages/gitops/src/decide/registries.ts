import { Failure } from '@mlops-actions/diagnostics'
import { qualifiedName } from '@mlops-actions/oci'
import { Expected } from '@mlops-actions/text'
import type { FileValue } from './change-set.ts'
import { imageIn, placeOf } from './value-image.ts'

/** Which images may be deployed: a registry, or what lies below a path of it. */
export interface AllowedRegistry {
  /** As it was given, for people. */
  readonly pattern: string
  /** Whether it covers a repository, by its full name `registry.example/team/model`. */
  readonly covers: (repository: string) => boolean
}

const WANT =
  'a registry, or a path of one: registry.example, registry.example:5000/team, *.example.com/models'

const PATTERN = /^[a-z0-9*][a-z0-9.*-]*(?::\d+)?(?:\/[a-z0-9*][a-z0-9._*-]*)*$/

/**
 * `registry.example/team` covers `registry.example/team/model`, but not `registry.example/teams`; a `*` stands for any
 * characters within one part of it, so `*.example.com` does not cover `evil.example/a.example.com`.
 * @throws Expected
 */
export function parseAllowedRegistry(pattern: string): AllowedRegistry {
  // Each more would multiply the time that an image takes which does not fit.
  const hasFewStars = pattern.split('*').length <= 4
  if (!PATTERN.test(pattern) || !hasFewStars || pattern.length > 300) throw new Expected(WANT)
  const source = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  const expression = new RegExp(`^${source}(?:/|$)`)
  return { pattern, covers: (repository) => expression.test(repository) }
}

/**
 * Images, those of `oci://` storage URIs included, come from registries that are allowed; none is where the list is empty.
 * What stands there already is not judged.
 * @throws Failure GITOPS_REGISTRY_NOT_ALLOWED
 */
export function assertAllowedRegistries(
  values: readonly FileValue[],
  allowed: readonly AllowedRegistry[],
): void {
  if (allowed.length === 0) return
  const stranger = values.find((value) => value.isChanged && !isAllowed(value, allowed))
  if (stranger === undefined) return
  throw new Failure({
    kind: 'policy',
    code: 'GITOPS_REGISTRY_NOT_ALLOWED',
    what: 'Refusing an image of another registry',
    on: placeOf(stranger),
    seen: `"${stranger.after}" comes from none of ${allowed.map(({ pattern }) => pattern).join(', ')}`,
    next: 'Push the image to one of them, or add its registry to `allowed-registries`',
  })
}

function isAllowed({ wish, after }: FileValue, allowed: readonly AllowedRegistry[]): boolean {
  if (wish.set !== 'image' && wish.set !== 'storage-uri') return true
  const image = imageIn(after)
  if (image === undefined) return wish.set === 'storage-uri'
  const name = qualifiedName(image)
  return allowed.some(({ covers }) => covers(name))
}
