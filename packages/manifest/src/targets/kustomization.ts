import { posix } from 'node:path'
import type { Change } from '../change.ts'
import { documentsInText } from '../read/inline.ts'
import { childOf, itemsOf, type Path, stringAt } from '../tree.ts'
import { isJsonPatch, patchedValues } from './json-patch.ts'
import { spotsOfImages } from './kustomize-images.ts'
import { spotsOfPath } from './object.ts'
import { type KubernetesObject, objectsOf, UNNAMED } from './objects.ts'
import { ANY_VERSION, KNOWN_KINDS, spotsOf } from './registry.ts'
import type { Spot } from './spot.ts'

/** Of a patch that does not say what it is for. */
export const ANY_KIND = 'Patch'

/** Kustomize takes a file by its name, with or without `apiVersion` and `kind` (kustomize api/konfig: RecognizedKustomizationFileNames). */
export function isKustomization(file: string, value: unknown): boolean {
  const group = (stringAt(value, ['apiVersion']) ?? '').split('/')[0]
  const kind = stringAt(value, ['kind'])
  if (group === 'kustomize.config.k8s.io') return kind === 'Kustomization' || kind === 'Component'
  return kind === undefined && /^(?:kustomization\.ya?ml|Kustomization)$/.test(posix.basename(file))
}

/** The images of a kustomization, and what its inline patches set. */
export function spotsOfKustomization(value: unknown, change: Change): Spot[] {
  const images = spotsOfImages(value, ['images'], change)
  return [
    ...(change.set === 'value' ? spotsOfPath(value, change.path) : []),
    ...images.map((spot) => ({ ...spot, kind: 'Kustomization' })),
    ...['patches', 'patchesJson6902'].flatMap((list) =>
      itemsOf(childOf(value, list)).flatMap((entry, index) =>
        spotsOfText(entry, ['patch'], [list, index], change),
      ),
    ),
    ...itemsOf(childOf(value, 'patchesStrategicMerge')).flatMap((text, index) =>
      spotsOfText(text, [], ['patchesStrategicMerge', index], change),
    ),
  ]
}

/** A JSON6902 patch in a file of its own, which does not say what it patches. */
export function spotsOfJsonPatch(value: unknown, change: Change): Spot[] {
  return spotsOfOperations(value, undefined, change)
}

function spotsOfText(entry: unknown, at: Path, path: Path, change: Change): Spot[] {
  const text = stringAt(entry, at)
  if (text === undefined || !text.includes(':')) return []
  const host = [...path, ...at]
  const target = childOf(entry, 'target')
  return documentsInText(text).flatMap(({ document, value }) =>
    spotsOfPatch(value, target, change).map((spot) => ({
      ...spot,
      path: [...host, ...spot.path],
      nested: { host, document, value, path: spot.path },
    })),
  )
}

function spotsOfPatch(value: unknown, target: unknown, change: Change): Spot[] {
  if (isJsonPatch(value)) return spotsOfOperations(value, target, change)
  const { kind = '', ...identity } = identityOf(target)
  return objectsOf(value, { apiVersion: ANY_VERSION, kind }).flatMap((object) => {
    const name = object.name === UNNAMED ? '' : object.name
    const patched = { ...object, name, ...identity, ...(kind === '' ? {} : { kind }) }
    return spotsOf(patched, change).map((spot) => describe(spot, patched, [...object.at, ...spot.path]))
  })
}

function spotsOfOperations(patch: unknown, target: unknown, change: Change): Spot[] {
  const identity = { kind: '', name: '', ...identityOf(target) }
  const asked = KNOWN_KINDS.filter((kind) => kind === change.target.kind)
  const possible = asked.length > 0 ? asked : KNOWN_KINDS
  const kinds = identity.kind === '' ? possible : [identity.kind]
  const seen = new Set<string>()
  return patchedValues(patch).flatMap(({ path, pointer, object }) =>
    kinds.flatMap((kind) => {
      const patched = { apiVersion: ANY_VERSION, ...identity, kind, at: [], value: object }
      return spotsOf(patched, change).flatMap((spot) => {
        const rest = spot.path.slice(pointer.length)
        const isPatched = pointer.every((step, at) => spot.path[at] === step)
        const key = JSON.stringify([path, rest])
        if (!isPatched || seen.has(key)) return []
        seen.add(key)
        return [describe(spot, { ...patched, ...identity }, [...path, ...rest])]
      })
    }),
  )
}

function describe(spot: Spot, { kind, name }: Pick<KubernetesObject, 'kind' | 'name'>, path: Path): Spot {
  return { ...spot, kind: kind === '' ? ANY_KIND : kind, name, path }
}

/** Whom a patch is for; kustomize takes the fields for regular expressions, of which only plain names tell an object. */
function identityOf(target: unknown): { readonly kind?: string; readonly name?: string } {
  const plain = (key: string): string | undefined => {
    const text = stringAt(target, [key])
    return text !== undefined && /^[\w.-]+$/.test(text) ? text : undefined
  }
  const [kind, name] = [plain('kind'), plain('name')]
  return { ...(kind === undefined ? {} : { kind }), ...(name === undefined ? {} : { name }) }
}
