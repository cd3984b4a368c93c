import { Failure } from '@mlops-actions/diagnostics'
import type { Change } from '../change.ts'
import type { Manifest } from '../read/manifest.ts'
import type { ParsedDocument } from '../read/parse.ts'
import { isKustomization } from '../targets/kustomization.ts'
import { childOf, formatPath } from '../tree.ts'
import { type Found, lineOfPlace } from './places.ts'

const SELECTORS = 'kind, name, namespace, component, canary, container, mount path, path'

/** @param others what else the file has of this kind */
export function notFound(manifest: Manifest, change: Change, others: readonly Found[]): Failure {
  const { set } = change
  const list = others.length === 0 ? `nothing of a kind that is known with ${set}` : listPlaces(others)
  return new Failure({
    kind: 'not-found',
    code: 'MANIFEST_TARGET_NOT_FOUND',
    what: `Cannot find the ${set} to change`,
    on: manifest.file.path,
    seen: `wanted ${describeTarget(change)}; found ${list}`,
    next: nextAfter(manifest, change, others),
  })
}

function nextAfter(manifest: Manifest, change: Change, others: readonly Found[]): string {
  if (isImagesOnly(manifest, change))
    return '`images:` of a kustomization changes neither storage URIs nor the image of a `model`: add a patch, or point at the file that has it'
  if (others.some(({ beside }) => beside !== undefined))
    return 'Correct the path; where the key is meant to be new, add it by hand once'
  return `Correct ${SELECTORS} or file; where no ${change.set} stands yet, add it by hand once`
}

/** Whether somebody looks for a storage URI where kustomize keeps images. */
function isImagesOnly(manifest: Manifest, { set }: Change): boolean {
  const isHere = ({ path, value }: ParsedDocument): boolean =>
    isKustomization(path, value) && childOf(value, 'images') !== undefined
  return set === 'storage-uri' && manifest.documents.some((document) => isHere(manifest.parse(document)))
}

export function ambiguous(manifest: Manifest, change: Change, matches: readonly Found[]): Failure {
  const { set } = change
  return new Failure({
    kind: 'config',
    code: 'MANIFEST_TARGET_AMBIGUOUS',
    what: `Cannot tell which ${set} to change`,
    on: manifest.file.path,
    seen: `wanted ${describeTarget(change)}; found ${listPlaces(matches)}`,
    next: `Narrow it down with ${SELECTORS}`,
  })
}

function listPlaces(places: readonly Found[]): string {
  return places.map(describePlace).join('; ')
}

function describePlace(found: Found): string {
  const { document, place, beside } = found
  const { kind, namespace, name, component, canary, container, path, mountPath } = place
  const owner = namespace === undefined ? name : `${namespace}/${name}`
  const words = [
    kind === 'InferenceService' ? '' : kind,
    owner,
    component,
    canary,
    container,
    formatPath(path),
    mountPath,
  ]
  const keys = beside && `(no such key; there ${beside.length === 1 ? 'is' : 'are'} ${listKeys(beside)})`
  const said = [...words, keys].filter((word) => word !== undefined && word !== '')
  return `${document.path}:${lineOfPlace(found)} ${said.join(' ')}`
}

function listKeys(keys: readonly string[]): string {
  const most = 20
  return `${keys.slice(0, most).join(', ') || 'none'}${keys.length > most ? ', …' : ''}`
}

function describeTarget({ target, ...setting }: Change): string {
  const { kind, name, namespace, component = 'predictor', canary, container, mountPath } = target
  const path = 'path' in setting ? setting.path : target.path
  const key = 'key' in setting ? setting.key : undefined
  const parts = { kind, name, namespace, component, canary, container, 'mount path': mountPath, path, key }
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')
}
