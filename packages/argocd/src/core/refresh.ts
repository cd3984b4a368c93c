import { Failure, type World } from '@mlops-actions/diagnostics'
import type { KubernetesClient, ObjectName } from '@mlops-actions/kubernetes'
import type { RefreshOptions } from '../api/argocd.ts'
import type { Application } from '../model/application.wire.ts'
import { APPLICATIONS } from './resource-types.ts'

const REFRESH = 'argocd.argoproj.io/refresh'
/** Since 3.6: tells this request from one that a comparison under way answers. Before, it is of no use and does no harm. */
const REFRESH_TIMESTAMP = 'argocd.argoproj.io/refresh-timestamp'

/** Half a minute in all, as its own API server would wait. */
const ASK_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

/**
 * Has the controller compare with Git anew, by the annotation that Argo CD's own API server sets (util/argo RefreshApp).
 * It is done when the controller has taken the annotation away.
 * @throws Failure `timeout` where it is still there after half a minute
 */
export async function refreshApplication(
  { now, sleep }: Pick<World, 'now' | 'sleep'>,
  client: KubernetesClient,
  name: ObjectName,
  { hard = false }: RefreshOptions = {},
): Promise<Application> {
  const annotations = {
    [REFRESH]: hard ? 'hard' : 'normal',
    [REFRESH_TIMESTAMP]: new Date(now()).toISOString(),
  }
  await client.patch(APPLICATIONS, name, { metadata: { annotations } })
  for (const pause of ASK_AFTER_MS) {
    await sleep(pause)
    const seen = await client.get(APPLICATIONS, name)
    if (!(REFRESH in seen.metadata.annotations)) return seen
  }
  throw new Failure({
    kind: 'timeout',
    code: 'ARGOCD_REFRESH',
    what: 'Cannot refresh the Application',
    on: `${name.namespace}/${name.name}`,
    seen: 'its controller has not answered within half a minute',
    next: 'Look at the log of argocd-application-controller',
  })
}
