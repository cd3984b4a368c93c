import { messageOf, type World } from '@mlops-actions/diagnostics'
import {
  EVENTS,
  type KubernetesClient,
  type KubernetesEvent,
  lastSeen,
  type Trouble,
} from '@mlops-actions/kubernetes'
import type { Evidence } from './findings.ts'
import type { LookRules } from './look.ts'

const EVENTS_SHOWN = 5
const LOG_LINES = 50

export interface Suspicion {
  /** What the rollout failed of; undefined where it did not. */
  readonly trouble: Trouble | undefined
  /** Name of the object whose last warnings may explain the failure. */
  readonly subject: string
}

/** Looks up what explains a failure. Nothing here may replace the failure, so what cannot be had is left out. */
export async function collectEvidence(
  world: World,
  client: KubernetesClient,
  rules: LookRules,
  { trouble, subject }: Suspicion,
): Promise<Evidence> {
  const quietly = async <T>(what: string, promise: Promise<T>): Promise<T | undefined> => {
    try {
      return await promise
    } catch (thrown) {
      world.log.debug(`${what}: ${messageOf(thrown)}`)
      return undefined
    }
  }
  const events = await quietly(
    'The events could not be read',
    warningsAbout(client, rules.namespace, subject),
  )
  const log = rules.showLogs
    ? await quietly('The log could not be read', logOf(client, rules, trouble))
    : undefined
  return { trouble, events: events ?? [], log }
}

async function warningsAbout(
  client: KubernetesClient,
  namespace: string,
  name: string,
): Promise<readonly KubernetesEvent[]> {
  const fieldSelector = `involvedObject.name=${name},type=Warning`
  const { items } = await client.list(EVENTS, { namespace, fieldSelector })
  return [...items].sort((a, b) => lastSeen(b).localeCompare(lastSeen(a))).slice(0, EVENTS_SHOWN)
}

/** The life that ended has the reason; where there was only one, its log is the current one. */
async function logOf(
  client: KubernetesClient,
  { namespace }: LookRules,
  trouble: Trouble | undefined,
): Promise<string | undefined> {
  const { pod, container } = trouble ?? {}
  if (pod === undefined || container === undefined) return undefined
  const query = { namespace, name: pod, container, tailLines: LOG_LINES }
  try {
    return await client.podLog({ ...query, previous: true })
  } catch {
    return client.podLog(query)
  }
}
