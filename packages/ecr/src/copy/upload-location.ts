import { Failure } from '@mlops-actions/diagnostics'
import type { HttpResponse } from '@mlops-actions/http'
import { parseRegistryHost, registryUrl } from '../registry-host.ts'
import { nameOf } from '../repository.ts'
import type { Place } from './place.ts'

/**
 * Where an upload goes on: a path, or a whole URL (distribution-spec, "Pushing blobs"). The token is for one registry,
 * so anything but that registry is refused; of ECR's own names for it (FIPS, dual-stack) each will do.
 * @param before where it was until now; that holds where the answer says nothing
 * @throws Failure `upstream` for an answer without a location, or with one elsewhere
 */
export function resolveLocation(
  place: Pick<Place, 'host' | 'repository'>,
  { headers, status, url }: Pick<HttpResponse, 'headers' | 'status' | 'url'>,
  before?: string,
): string {
  const location = headers['location'] ?? before
  if (location === undefined || !URL.canParse(location, url))
    throw lost(place, `HTTP ${status} without a location to go on at`)
  const target = new URL(location, url)
  if (target.origin !== registryUrl(place.host) && !isSameRegistry(target, place.host))
    throw lost(place, `it wants the layer at ${target.host}, which is not given the token`)
  return target.href
}

function isSameRegistry({ protocol, host }: URL, own: string): boolean {
  const [one, other] = [parseRegistryHost(host), parseRegistryHost(own)]
  return (
    protocol === 'https:' &&
    one.kind === 'private' &&
    one.account === other.account &&
    one.region === other.region
  )
}

function lost(place: Pick<Place, 'host' | 'repository'>, seen: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'ECR_UPLOAD_LOCATION',
    what: 'Cannot send a layer',
    on: nameOf(place),
    seen,
    next: 'Look at the proxy between the runner and the registry: it changes what the registry answers',
    retryable: false,
  })
}
