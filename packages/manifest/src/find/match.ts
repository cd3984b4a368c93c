import type { Target } from '../change.ts'
import type { Place } from '../place.ts'
import { SERVER_CONTAINER } from '../targets/containers.ts'
import { ANY_KIND } from '../targets/kustomization.ts'
import { LLM_CONTAINER } from '../targets/workload.ts'
import { formatPath } from '../tree.ts'
import type { Found } from './places.ts'

/** The places that a target means: of an object with several containers that of its server, if it has one. */
export function narrow(found: readonly Found[], target: Target): Found[] {
  const { container, component = 'predictor' } = target
  const own = found
    .filter(({ beside }) => beside === undefined)
    .filter(
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
    (kind === undefined || place.kind === kind || place.kind === ANY_KIND) &&
    (name === undefined || place.name === '' || place.name === name) &&
    (namespace === undefined || place.namespace === undefined || place.namespace === namespace) &&
    // An image that is set together with it has no mount path.
    (mountPath === undefined || place.field !== 'storage-uri' || place.mountPath === mountPath) &&
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
    one.canary === other.canary &&
    one.container !== undefined &&
    other.container !== undefined
  )
}

/**
 * What commits call a target: `prod/churn predictor`. The usual is not said: that it is an InferenceService, and that it
 * is the container which the component is for. An Application has images and storage URIs at many places.
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
    kind.startsWith('Application') ? formatPath(path) : undefined,
  ]
  // A trailer ends without blanks, and is compared with this.
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}
