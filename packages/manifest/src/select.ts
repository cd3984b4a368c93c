import { Failure } from '@mlops-actions/diagnostics'
import type { Change, Target } from './change.ts'
import { SERVER_CONTAINER, spotsOfInferenceService } from './inference-service.ts'
import { lineOf } from './node.ts'
import type { ParsedManifest } from './parse.ts'
import type { Field, Place } from './place.ts'
import { childOf, formatPath, itemsOf, type Path, stringAt } from './tree.ts'

/**
 * The one place where the target's field stands.
 * @throws Failure MANIFEST_TARGET_NOT_FOUND | MANIFEST_TARGET_AMBIGUOUS, with every candidate's line
 */
export function selectPlace(manifest: ParsedManifest, { set: field, target }: Change): Place {
  const candidates = findPlaces(manifest).filter((place) => place.field === field)
  const matches = narrow(candidates, target)
  const [match] = matches
  if (match === undefined) throw notFound(manifest, field, target, candidates)
  if (matches.length > 1) throw ambiguous(manifest, field, target, matches)
  return match
}

function narrow(
  candidates: readonly Place[],
  { kind, name, namespace, component = 'predictor', container, mountPath }: Target,
): Place[] {
  const inComponent = candidates.filter(
    (place) =>
      (kind === undefined || place.kind === kind) &&
      (mountPath === undefined || place.mountPath === mountPath) &&
      (name === undefined || place.name === name) &&
      (namespace === undefined || place.namespace === undefined || place.namespace === namespace) &&
      place.component === component,
  )
  if (container !== undefined) return inComponent.filter((place) => place.container === container)
  const servers = inComponent.filter((place) => place.container === SERVER_CONTAINER && !place.isInit)
  return servers.length > 0 ? servers : inComponent.filter((place) => !place.isInit)
}

/** Every place in every InferenceService of the file, also inside of `kind: List`. */
function findPlaces({ values }: ParsedManifest): Place[] {
  return values.flatMap((value, document) => placesOf(value, []).map((place) => ({ ...place, document })))
}

function placesOf(value: unknown, at: Path): Omit<Place, 'document'>[] {
  const kind = childOf(value, 'kind')
  if (kind === 'List') {
    return itemsOf(childOf(value, 'items')).flatMap((item, index) => placesOf(item, [...at, 'items', index]))
  }
  const isServing = stringAt(value, ['apiVersion'])?.startsWith('serving.kserve.io/') ?? false
  if (kind !== 'InferenceService' || !isServing) return []
  const name = stringAt(value, ['metadata', 'name']) ?? ''
  const namespace = stringAt(value, ['metadata', 'namespace'])
  return spotsOfInferenceService(value).map((spot) => ({
    ...spot,
    path: [...at, ...spot.path],
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
  }))
}

/** What commits call a target. The main container is not said: it is what the component is for. */
export function labelOf({ namespace, name, component, container }: Place): string {
  const object = namespace === undefined ? name : `${namespace}/${name}`
  const own = container === SERVER_CONTAINER ? undefined : container
  return [object, component, own].filter((part) => part !== undefined).join(' ')
}

function notFound(manifest: ParsedManifest, field: Field, target: Target, others: readonly Place[]): Failure {
  const list =
    others.length === 0
      ? `no InferenceService of serving.kserve.io with ${field}`
      : listPlaces(manifest, others)
  return new Failure({
    kind: 'not-found',
    code: 'MANIFEST_TARGET_NOT_FOUND',
    what: `Cannot find the ${field} to change`,
    on: manifest.file.path,
    seen: `wanted ${describeTarget(target)}; found ${list}`,
    next: `Correct kind, name, namespace, component, container, mount path or file; where no ${field} stands yet, add it by hand once`,
  })
}

function ambiguous(
  manifest: ParsedManifest,
  field: Field,
  target: Target,
  matches: readonly Place[],
): Failure {
  return new Failure({
    kind: 'config',
    code: 'MANIFEST_TARGET_AMBIGUOUS',
    what: `Cannot tell which ${field} to change`,
    on: manifest.file.path,
    seen: `wanted ${describeTarget(target)}; found ${listPlaces(manifest, matches)}`,
    next: 'Narrow it down with kind, name, namespace, component, container or mount path',
  })
}

function listPlaces(manifest: ParsedManifest, places: readonly Place[]): string {
  return places.map((place) => describePlace(manifest, place)).join('; ')
}

function describePlace(manifest: ParsedManifest, place: Place): string {
  const line = lineOf(manifest, place.document, place.path)
  const owner = place.namespace === undefined ? place.name : `${place.namespace}/${place.name}`
  const parts = [owner, place.component, place.container, formatPath(place.path), place.mountPath]
  return `${manifest.file.path}:${line} ${parts.filter((part) => part !== undefined).join(' ')}`
}

function describeTarget({ component = 'predictor', ...target }: Target): string {
  const { kind, name, namespace, container, mountPath } = target
  const parts = { kind, name, namespace, component, container, 'mount path': mountPath }
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')
}
