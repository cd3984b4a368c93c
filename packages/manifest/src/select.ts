import { Failure } from '@mlops-actions/diagnostics'
import type { Change, Target } from './change.ts'
import { type Found, lineOfPlace, placesIn } from './find.ts'
import type { Manifest, ParsedDocument } from './parse.ts'
import type { Place } from './place.ts'
import { SERVER_CONTAINER } from './targets/containers.ts'
import { isKustomization } from './targets/kustomization.ts'
import { LLM_CONTAINER } from './targets/workload.ts'
import { looksLikeTemplate } from './template.ts'
import { childOf, formatPath } from './tree.ts'

const SELECTORS = 'kind, name, namespace, component, canary, container, mount path, path'

/**
 * The one place where the target's field stands. Documents that cannot hold it are not parsed.
 * @throws Failure MANIFEST_TARGET_NOT_FOUND | MANIFEST_TARGET_AMBIGUOUS, with every candidate's line
 */
export function selectPlace(manifest: Manifest, change: Change): Found {
  const near = narrow(candidates(manifest, change, change.target.name), change.target)
  const matches = near.length > 0 ? near : narrow(candidates(manifest, change), change.target)
  const [match] = matches
  if (match === undefined) throw notFound(manifest, change)
  if (matches.length > 1) throw ambiguous(manifest, change, matches)
  return match
}

/** The places of all documents, or of those in which a name can stand. */
function candidates(manifest: Manifest, change: Change, name?: string): Found[] {
  const isTemplate = looksLikeTemplate(manifest.file.text)
  return manifest.documents
    .filter(({ text }) => name === undefined || isTemplate || mayHold(text, name))
    .flatMap((document) => placesIn(manifest.parse(document), change))
}

/**
 * A name has no blanks, so it stands in the text as it is, and not in a longer one, unless quoted text spells it with
 * escapes.
 */
function mayHold(text: string, name: string): boolean {
  if (name === '' || text.includes('\\')) return true
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + name.length)
    if (!/[\w.-]/.test(around)) return true
  }
  return false
}

function narrow(found: readonly Found[], target: Target): Found[] {
  const { container, component = 'predictor' } = target
  const own = found.filter(
    ({ place }) => isOf(place, target) && (place.component === undefined || place.component === component),
  )
  if (container !== undefined)
    return own.filter(({ place }) => place.container === undefined || place.container === container)
  const usual = own.filter(({ place }) => !place.isInit)
  const servers = usual.filter(({ place }) => isServer(place))
  return usual.filter(
    ({ place }) => isServer(place) || !servers.some((server) => isSameObject(server.place, place)),
  )
}

function isOf(place: Place, { kind, name, namespace, mountPath, canary }: Target): boolean {
  return (
    (kind === undefined || place.kind === kind) &&
    (name === undefined || place.name === '' || place.name === name) &&
    (namespace === undefined || place.namespace === undefined || place.namespace === namespace) &&
    (mountPath === undefined || place.mountPath === mountPath) &&
    (canary === undefined || place.canary === canary)
  )
}

/** Whether a container is what a target without one means; LLMInferenceServices call it `main`. */
function isServer({ kind, container }: Place): boolean {
  return container === (kind.startsWith('LLM') ? LLM_CONTAINER : SERVER_CONTAINER)
}

function isSameObject(one: Place, other: Place): boolean {
  return (
    one.document === other.document &&
    one.kind === other.kind &&
    one.name === other.name &&
    one.namespace === other.namespace &&
    one.container !== undefined &&
    other.container !== undefined
  )
}

/**
 * What commits call a target: `prod/churn predictor`. The usual is not said: that it is an InferenceService, and that it
 * is the container which the component is for.
 */
export function labelOf(place: Place): string {
  const { kind, namespace, name, component, canary, container, mountPath, path } = place
  const object = namespace === undefined ? name : `${namespace}/${name}`
  const parts = [
    kind === 'InferenceService' ? undefined : kind,
    object === '' ? formatPath(path) : object,
    component,
    canary,
    isServer(place) ? undefined : container,
    mountPath,
  ]
  return parts.filter((part) => part !== undefined).join(' ')
}

function notFound(manifest: Manifest, change: Change): Failure {
  const { set } = change
  const others = candidates(manifest, change)
  const list = others.length === 0 ? `nothing of a kind that is known with ${set}` : listPlaces(others)
  return new Failure({
    kind: 'not-found',
    code: 'MANIFEST_TARGET_NOT_FOUND',
    what: `Cannot find the ${set} to change`,
    on: manifest.file.path,
    seen: `wanted ${describeTarget(change)}; found ${list}`,
    next: isImagesOnly(manifest, change)
      ? '`images:` of a kustomization changes neither storage URIs nor the image of a `model`: add a patch, or point at the file that has it'
      : `Correct ${SELECTORS} or file; where no ${set} stands yet, add it by hand once`,
  })
}

/** Whether somebody looks for a storage URI where kustomize keeps images. */
function isImagesOnly(manifest: Manifest, { set }: Change): boolean {
  const isHere = ({ path, value }: ParsedDocument): boolean =>
    isKustomization(path, value) && childOf(value, 'images') !== undefined
  return set === 'storage-uri' && manifest.documents.some((document) => isHere(manifest.parse(document)))
}

function ambiguous(manifest: Manifest, change: Change, matches: readonly Found[]): Failure {
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
  const { document, place } = found
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
  return `${document.path}:${lineOfPlace(found)} ${words.filter((word) => word !== undefined && word !== '').join(' ')}`
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
