import { Failure } from '@mlops-actions/diagnostics'
import type { Change, Target } from './change.ts'
import { type Found, placesIn } from './find.ts'
import { lineOf } from './node.ts'
import type { Manifest } from './parse.ts'
import type { Place } from './place.ts'
import { SERVER_CONTAINER } from './targets/containers.ts'
import { looksLikeTemplate } from './template.ts'
import { formatPath } from './tree.ts'

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

/** A name has no blanks, so it stands in the text as it is, unless quoted text spells it with escapes. */
function mayHold(text: string, name: string): boolean {
  return text.includes(name) || text.includes('\\')
}

function narrow(found: readonly Found[], target: Target): Found[] {
  const { component = 'predictor', container, mountPath } = target
  const inComponent = found.filter(
    ({ place }) =>
      isOf(place, target) &&
      (place.component === undefined || place.component === component) &&
      (mountPath === undefined || place.mountPath === mountPath),
  )
  if (container !== undefined)
    return inComponent.filter(({ place }) => place.container === undefined || place.container === container)
  const servers = inComponent.filter(({ place }) => place.container === SERVER_CONTAINER && !place.isInit)
  return servers.length > 0 ? servers : inComponent.filter(({ place }) => !place.isInit)
}

function isOf(place: Place, { kind, name, namespace }: Target): boolean {
  return (
    (kind === undefined || place.kind === kind) &&
    (name === undefined || place.name === name) &&
    (namespace === undefined || place.namespace === undefined || place.namespace === namespace)
  )
}

/** What commits call a target. The main container is not said: it is what the component is for. */
export function labelOf({ namespace, name, component, container }: Place): string {
  const object = namespace === undefined ? name : `${namespace}/${name}`
  const own = container === SERVER_CONTAINER ? undefined : container
  return [object, component, own].filter((part) => part !== undefined).join(' ')
}

function notFound(manifest: Manifest, change: Change): Failure {
  const { set, target } = change
  const others = candidates(manifest, change)
  const list =
    others.length === 0 ? `no InferenceService of serving.kserve.io with ${set}` : listPlaces(others)
  return new Failure({
    kind: 'not-found',
    code: 'MANIFEST_TARGET_NOT_FOUND',
    what: `Cannot find the ${set} to change`,
    on: manifest.file.path,
    seen: `wanted ${describeTarget(target)}; found ${list}`,
    next: `Correct kind, name, namespace, component, container, mount path or file; where no ${set} stands yet, add it by hand once`,
  })
}

function ambiguous(manifest: Manifest, { set, target }: Change, matches: readonly Found[]): Failure {
  return new Failure({
    kind: 'config',
    code: 'MANIFEST_TARGET_AMBIGUOUS',
    what: `Cannot tell which ${set} to change`,
    on: manifest.file.path,
    seen: `wanted ${describeTarget(target)}; found ${listPlaces(matches)}`,
    next: 'Narrow it down with kind, name, namespace, component, container or mount path',
  })
}

function listPlaces(places: readonly Found[]): string {
  return places.map(describePlace).join('; ')
}

function describePlace({ document, place }: Found): string {
  const { namespace, name, component, container, path, mountPath } = place
  const owner = namespace === undefined ? name : `${namespace}/${name}`
  const parts = [owner, component, container, formatPath(path), mountPath]
  return `${document.path}:${lineOf(document, path)} ${parts.filter((part) => part !== undefined).join(' ')}`
}

function describeTarget({ component = 'predictor', ...target }: Target): string {
  const { kind, name, namespace, container, mountPath } = target
  const parts = { kind, name, namespace, component, container, 'mount path': mountPath }
  return Object.entries(parts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')
}
