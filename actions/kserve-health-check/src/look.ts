import {
  deploymentMode,
  evaluateService,
  explainPodTrouble,
  INFERENCE_SERVICES,
  type InferenceService,
  notYetSynced,
  predictorDeployment,
  predictorSelector,
  serviceKeys,
  type WantedVersion,
} from '@mlops-actions/kserve'
import {
  DEPLOYMENTS,
  evaluateRollout,
  hasLasted,
  type KubernetesClient,
  type Memory,
  PODS,
  type Pod,
  REPLICA_SETS,
  type RolloutProof,
  type RolloutState,
  remember,
  rolloutKeys,
  type Sightings,
  type Trouble,
} from '@mlops-actions/kubernetes'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'

/** What one look at the cluster has found, with what is remembered of the looks before. */
export interface Look {
  readonly isvc: InferenceService | undefined
  /** Undefined where the rollout is not to be proven. */
  readonly rollout: RolloutState | undefined
  readonly memory: Memory
}

/** What the looks are judged by. */
export interface LookRules {
  readonly namespace: string
  readonly name: string
  readonly want: WantedVersion
  readonly proveRollout: boolean
  readonly showLogs: boolean
  /** Milliseconds for which everything must stay as it is. */
  readonly settle: number
}

/** What is proven when the wait is over. */
export interface Live {
  readonly isvc: InferenceService
  readonly proof: RolloutProof | undefined
}

/**
 * Reads from the top down, so that what is read later is never older than what it is compared with.
 * @throws Failure of the client
 */
export async function lookAtCluster(
  client: KubernetesClient,
  rules: LookRules,
  before: Sightings,
  now: number,
): Promise<Look> {
  const { namespace, name, proveRollout } = rules
  const isvc = await client.find(INFERENCE_SERVICES, { namespace, name })
  const isProvable = isvc === undefined || ['Standard', 'unknown'].includes(deploymentMode(isvc))
  const rollout = proveRollout && isProvable ? await readRollout(client, rules) : undefined
  const look: Look = { isvc, rollout, memory: { sightings: new Map(), now } }
  return { ...look, memory: { sightings: remember(before, keysOf(look, rules), now), now } }
}

async function readRollout(client: KubernetesClient, { namespace, name }: LookRules): Promise<RolloutState> {
  const selection = { namespace, labelSelector: predictorSelector(name) }
  const deployment = await client.find(DEPLOYMENTS, { namespace, name: predictorDeployment(name) })
  const { items: replicaSets } = await client.list(REPLICA_SETS, selection)
  const { items: pods } = await client.list(PODS, selection)
  return { deployment, replicaSets, pods }
}

/** Everything that must be seen more than once before it counts. */
function keysOf(look: Look, rules: LookRules): readonly string[] {
  const live = liveKey(look, rules)
  return [
    ...serviceKeys(look.isvc, rules.want),
    ...(look.rollout === undefined ? [] : rolloutKeys(look.rollout, rules.want)),
    ...(live === undefined ? [] : [live]),
  ]
}

/** Names exactly these pods in exactly this life: a restart or another pod begins the settling anew. */
function liveKey({ isvc, rollout, memory }: Look, rules: LookRules): string | undefined {
  if (evaluateService(isvc, rules.want, memory, contextOf(rules)).status !== 'done') return undefined
  if (rollout === undefined) return 'live'
  const verdict = evaluateRollout(rollout, rules.want, memory)
  if (verdict.status !== 'done') return undefined
  return `live ${verdict.proof.pods.map(({ uid, restarts }) => `${uid}:${restarts}`).sort()}`
}

/** The trouble that a failed rollout ends with; undefined where it has not failed. */
export function lastingTrouble({ rollout, memory }: Look, { want }: LookRules): Trouble | undefined {
  const verdict = rollout === undefined ? undefined : evaluateRollout(rollout, want, memory)
  return verdict?.status === 'failed' ? verdict.trouble : undefined
}

/** Whether the wanted version serves, alone and for long enough. What the pods say is told first. Pure. */
export function evaluateLook(look: Look, rules: LookRules): Verdict<Live> {
  const { isvc, rollout, memory } = look
  const pods = rollout === undefined ? undefined : evaluateRollout(rollout, rules.want, memory)
  if (pods?.status === 'failed') return failed(explain(pods.trouble, rollout?.pods ?? [], rules))
  const service = evaluateService(isvc, rules.want, memory, contextOf(rules))
  if (service.status === 'failed') return service
  // A manifest that has not arrived says more than its children, which are of another version then.
  const isSynced = isvc !== undefined && notYetSynced(isvc, rules.want) === undefined
  if (pods?.status === 'pending' && isSynced) return pending(pods.reason)
  if (service.status === 'pending' || isvc === undefined)
    return pending(service.status === 'pending' ? service.reason : '')
  const key = liveKey(look, rules) ?? ''
  const patience = { looks: rules.settle === 0 ? 1 : 2, lasting: rules.settle }
  if (!hasLasted(memory.sightings, key, patience, memory.now)) {
    return pending(`the expected version serves; watching that it stays so for ${rules.settle / 1_000} s`)
  }
  return done({ isvc, proof: pods?.status === 'done' ? pods.proof : undefined })
}

function explain(trouble: Trouble, pods: readonly Pod[], { namespace, showLogs }: LookRules) {
  const pod = pods.find(({ metadata }) => metadata.name === trouble.pod)
  return explainPodTrouble(trouble, { pod, namespace, showLogs })
}

/** What `evaluateService` has to know of these rules. */
export function contextOf({ namespace, name, proveRollout, showLogs }: LookRules) {
  return { service: `${namespace}/${name}`, proveRollout, showLogs }
}
