import { Failure } from '@mlops-actions/diagnostics'
import type { KubernetesClient, ResourceType } from '@mlops-actions/kubernetes'
import type { ResourceStatus as Managed } from '../model/application.wire.ts'
import type { ResourceTree } from '../model/resource.wire.ts'
import {
  ALWAYS,
  BY_KIND,
  INFERENCE_SERVICE,
  LLM_INFERENCE_SERVICE,
  OF_KSERVE,
  OF_LLM,
  typeOf,
} from './kinds.ts'
import { type Found, nodeOf, nodeOfManaged } from './node.ts'
import { isObject, type LiveObject } from './object.wire.ts'

/** Nothing that runs is made of these. */
const INERT_GROUPS = new Set(['rbac.authorization.k8s.io', 'networking.k8s.io', 'policy', 'autoscaling'])
/** Argo CD's own: an app of apps deploys nothing else, and what its children deploy is theirs. */
const INERT_KINDS = new Set(['Application', 'ApplicationSet', 'AppProject'])

/**
 * The objects that an Application deploys and all that they own, read from the cluster itself: Argo CD keeps its own tree
 * where only its API server looks. Owners are followed through Deployments and the like, InferenceServices and Knative's
 * kinds, and from every other object that Argo CD deploys to what it owns itself.
 * @throws Failure with the rule of RBAC that is missing
 */
export async function readTree(client: KubernetesClient, managed: readonly Managed[]): Promise<ResourceTree> {
  const found = (await Promise.all(namespacesOf(managed).map((one) => readNamespace(client, one)))).flat()
  const roots = managed.map((one) => ({ one, live: found.find((other) => isThat(other, one)) }))
  const nodes = new Map<string, Found>()
  const visit = (parent: Found): void => {
    const { uid } = parent.object.metadata
    if (nodes.has(uid)) return
    nodes.set(uid, parent)
    for (const child of found)
      if (child.object.metadata.ownerReferences.some((owner) => owner.uid === uid)) visit(child)
  }
  for (const { live } of roots) if (live !== undefined) visit(live)
  const absent = roots.filter(({ live }) => live === undefined).map(({ one }) => nodeOfManaged(one))
  return { nodes: [...absent, ...[...nodes.values()].map(nodeOf)] }
}

interface Namespace {
  readonly namespace: string
  /** What of it may run something, or own what does. */
  readonly managed: readonly Managed[]
}

function namespacesOf(managed: readonly Managed[]): readonly Namespace[] {
  const running = managed.filter((one) => one.namespace !== '' && !isInert(one))
  const names = new Set(running.map(({ namespace }) => namespace))
  return [...names].map((namespace) => ({
    namespace,
    managed: running.filter((one) => one.namespace === namespace),
  }))
}

function isInert({ group, kind }: Managed): boolean {
  if (group === '') return kind !== 'Pod'
  return INERT_GROUPS.has(group) || (group === 'argoproj.io' && INERT_KINDS.has(kind))
}

async function readNamespace(client: KubernetesClient, { namespace, managed }: Namespace): Promise<Found[]> {
  const more = new Set(managed.flatMap(({ kind, group }) => BY_KIND.get(`${kind}.${group}`) ?? []))
  const isKserve = managed.some((one) => isOf(INFERENCE_SERVICE, one))
  const types = [...ALWAYS, ...more, ...(isKserve ? [INFERENCE_SERVICE] : [])]
  const listed = (await Promise.all(types.map((type) => listAll(client, type, namespace)))).flat()
  const knative = listed.some((one) => isOf(INFERENCE_SERVICE, one) && mayBeKnative(one, listed))
  const others = knative ? OF_KSERVE.filter((type) => !types.includes(type)) : []
  const isLlm = managed.some((one) => isOf(LLM_INFERENCE_SERVICE, one))
  const ofLlm = isLlm ? OF_LLM.filter((type) => !types.includes(type)) : []
  const all = [...types, ...others]
  const rest = managed.filter((one) => !all.some((type) => isOf(type, one)))
  const [ofKnative, groups, single] = await Promise.all([
    Promise.all(others.map((type) => listAll(client, type, namespace))),
    Promise.all(ofLlm.map((type) => listAll(client, type, namespace).catch(unlessForbidden))),
    Promise.all(rest.map((one) => findOne(client, one))),
  ])
  return [...listed, ...ofKnative.flat(), ...groups.flat(), ...single.flat()]
}

/** In Standard mode it owns a Deployment; a new one may not yet, and may say how it will run. */
function mayBeKnative({ object }: Found, listed: readonly Found[]): boolean {
  const { metadata, status } = object
  const mode = metadata.annotations['serving.kserve.io/deploymentMode'] ?? status.deploymentMode
  if (/^(standard|rawdeployment)$/i.test(mode)) return false
  const owns = ({ kind, object: { metadata: other } }: Found) =>
    kind === 'Deployment' && other.ownerReferences.some(({ uid }) => uid === metadata.uid)
  return !listed.some(owns)
}

async function listAll(
  client: KubernetesClient,
  type: ResourceType<LiveObject>,
  namespace: string,
): Promise<Found[]> {
  const items = await unlessAbsent(client, type, async () => (await client.list(type, { namespace })).items)
  return (items ?? []).map((object) => ({ ...kindOf(type), object }))
}

function unlessForbidden(thrown: unknown): Found[] {
  if (thrown instanceof Failure && thrown.code === 'HTTP_403') return []
  throw thrown
}

async function findOne(client: KubernetesClient, managed: Managed): Promise<Found[]> {
  const type = typeOf(managed, isObject)
  const object = await unlessAbsent(client, type, () => client.find(type, managed))
  return object === undefined ? [] : [{ ...kindOf(type), object }]
}

/** What there is of a kind; whose definition is not installed, of that there is none, and no right to it is missing. */
async function unlessAbsent<T>(
  client: KubernetesClient,
  type: ResourceType<unknown>,
  asking: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await asking()
  } catch (thrown) {
    const mayBeAbsent = thrown instanceof Failure && /^HTTP_40[34]$/.test(thrown.code)
    if (mayBeAbsent && !(await client.serves(type))) return undefined
    throw thrown
  }
}

function kindOf({ group, version, kind }: ResourceType<unknown>) {
  return { group, version, kind }
}

function isOf(type: ResourceType<unknown>, { group, kind }: Pick<Managed, 'group' | 'kind'>): boolean {
  return type.group === group && type.kind === kind
}

function isThat({ group, kind, object: { metadata } }: Found, managed: Managed): boolean {
  const isNamed = metadata.name === managed.name && metadata.namespace === managed.namespace
  return group === managed.group && kind === managed.kind && isNamed
}
