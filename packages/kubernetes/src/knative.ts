import type { KnativeService, Revision } from './knative.wire.ts'
import { conditionOf } from './metadata.wire.ts'

/**
 * Why a Knative Service does not serve its own template yet, in the order in which that happens; undefined where it does.
 * Its conditions alone stay True from the revision before until its controller has read the template. Pure.
 * @param revision the latest that was created; undefined where it could not be read
 */
export function notYetServing(
  { metadata, spec, status }: KnativeService,
  revision: Revision | undefined,
): string | undefined {
  const on = `Knative Service ${metadata.name}`
  const { latestCreatedRevisionName: created, latestReadyRevisionName: ready } = status
  if (status.observedGeneration < metadata.generation) return `${on} has not been acted on yet`
  if (created === '') return `${on} has no Revision yet`
  const own =
    revision?.metadata.name === created ? conditionOf(revision.status.conditions, 'Ready') : undefined
  if (created !== ready || (own !== undefined && own.status !== 'True'))
    return `Revision ${created} is not ready${reasonOf(own)}`
  const routes = conditionOf(status.conditions, 'RoutesReady')
  if (routes !== undefined && routes.status !== 'True')
    return `the route of ${on} is not ready${reasonOf(routes)}`
  const share = shareOf(status.traffic, created)
  const wanted = spec.traffic.length === 0 ? 100 : shareOf(spec.traffic, created)
  return share >= wanted
    ? undefined
    : `Revision ${created} gets ${share} % of the traffic, not ${wanted} % yet`
}

/** What the latest revision gets; traffic goes to it by its name or as the latest, whichever that is. */
function shareOf(traffic: KnativeService['status']['traffic'], created: string): number {
  return traffic
    .filter(({ revisionName, latestRevision }) => latestRevision || revisionName === created)
    .reduce((sum, { percent }) => sum + percent, 0)
}

function reasonOf(condition: { readonly reason: string; readonly message: string } | undefined): string {
  if (condition === undefined || condition.reason === '') return ''
  return `: ${condition.reason}${condition.message === '' ? '' : `: ${condition.message}`}`
}
