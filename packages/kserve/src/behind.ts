import {
  type Deployment,
  imageOf,
  type KnativeService,
  type LeaderWorkerSet,
  notYetRolledOut,
  notYetServing,
  type PodTemplate,
  type Revision,
  storageUriOf,
} from '@mlops-actions/kubernetes/pods'
import { type Component, componentsOf } from './components.ts'
import type { InferenceService } from './inference-service.wire.ts'
import type { LlmInferenceService } from './llm-inference-service.wire.ts'
import type { DesiredVersion } from './spec.ts'

export { type Component, componentsOf }

/**
 * Whether KServe has yet to act on a part of an InferenceService: the Deployment that it made has another version than the
 * InferenceService asks for. Its status does not say so, for it compares no generation of its own
 * (kserve/kserve pkg/apis/serving/v1beta1/inference_service_status.go). Pure.
 */
export function describeBehind(
  isvc: InferenceService,
  { asked }: Component,
  deployment: Deployment,
): string | undefined {
  const difference = differenceOf(asked, deployment.spec.template)
  const on = `InferenceService ${isvc.metadata.name}`
  return difference && sentence(on, `its Deployment ${deployment.metadata.name}`, difference)
}

/** That KServe has made nothing yet for a part that the InferenceService has. */
export function describeAbsent(isvc: InferenceService, { title, names }: Component): string {
  return `InferenceService ${isvc.metadata.name} has a ${title}, and KServe has not made ${names[0]} yet`
}

/**
 * The same in Knative mode: the Knative Service has to have the version, and to serve its own latest Revision; then the
 * InferenceService has to name that one. Pure.
 * @param revision the latest that the Knative Service has created; undefined where it could not be read
 */
export function describeBehindKnative(
  isvc: InferenceService,
  { title, asked }: Component,
  service: KnativeService,
  revision: Revision | undefined,
): string | undefined {
  const on = `InferenceService ${isvc.metadata.name}`
  const difference = differenceOf(asked, service.spec.template)
  if (difference !== undefined)
    return sentence(on, `its Knative Service ${service.metadata.name}`, difference)
  const unready = notYetServing(service, revision)
  if (unready !== undefined) return unready
  const named = isvc.status.components[title]?.latestReadyRevision
  const latest = service.status.latestReadyRevisionName
  return named === undefined || named === latest
    ? undefined
    : `${on} still names Revision ${named}, and ${latest} is the latest`
}

/**
 * The same of an LLMInferenceService, of which Argo CD knows no health before 3.6: what KServe has made for it has to have the
 * model and the images, it has to call itself ready, and on several nodes all groups have to be of the newest template: its
 * condition Ready is the LeaderWorkerSet's Available. Its status has no generation either
 * (kserve/kserve pkg/controller/v1alpha2/llmisvc). Pure.
 */
export function describeBehindLlm(
  { metadata, spec, status }: LlmInferenceService,
  { deployment, groups }: LlmWorkloads,
): string | undefined {
  const on = `LLMInferenceService ${metadata.name}`
  const ready = status.conditions.find(({ type }) => type === 'Ready')
  if (ready?.reason === 'Stopped') return undefined
  const main = groups.find((one) => one.metadata.name.endsWith('-kserve-mn'))
  for (const [pod, template, child] of templatesOf(spec, deployment, main)) {
    const difference = differenceOf(askedOf(spec, pod), template, LLM_CONTAINER)
    if (difference !== undefined) return sentence(on, child, difference)
  }
  if (ready === undefined) return `${on} has no status yet`
  if (ready.status !== 'True') {
    const why = [ready.reason, ready.message].filter((one) => one !== '').join(': ')
    return `${on} is not ready${why === '' ? '' : `: ${why}`}`
  }
  for (const set of groups) {
    const unfinished = notYetRolledOut(set)
    if (unfinished !== undefined)
      return `LeaderWorkerSet ${set.metadata.name} of ${on} is not rolled out: ${unfinished}`
  }
  return undefined
}

/** What KServe has made for an LLMInferenceService, as far as it can be seen. */
export interface LlmWorkloads {
  /** On one node. */
  readonly deployment: Deployment | undefined
  /** On several nodes: that of the service, and that of its prefill. */
  readonly groups: readonly LeaderWorkerSet[]
}

type LlmSpec = LlmInferenceService['spec']
type LlmPod = LlmSpec['template']

/** Which pods are asked for, by which template they are made, and where that stands. */
function templatesOf(
  { template, worker }: LlmSpec,
  deployment: Deployment | undefined,
  main: LeaderWorkerSet | undefined,
): readonly (readonly [asked: LlmPod, made: PodTemplate, where: string])[] {
  if (main === undefined)
    return deployment === undefined
      ? []
      : [[template, deployment.spec.template, `its Deployment ${deployment.metadata.name}`]]
  const { leaderTemplate, workerTemplate } = main.spec.leaderWorkerTemplate
  const where = `its LeaderWorkerSet ${main.metadata.name}`
  const leader = leaderTemplate === undefined ? [] : [[template, leaderTemplate, where] as const]
  return [...leader, [worker, workerTemplate, where]]
}

function askedOf({ model }: LlmSpec, pod: LlmPod): DesiredVersion {
  return { image: pod?.containers.find(({ name }) => name === LLM_CONTAINER)?.image, storageUri: model.uri }
}

const LLM_CONTAINER = 'main'

interface Difference {
  readonly asked: string
  readonly has: string
}

/** What is not noted in the template cannot be told: several `storageUris`, a container of another name. */
function differenceOf(
  asked: DesiredVersion,
  template: PodTemplate,
  container?: string,
): Difference | undefined {
  const [image, storageUri] = [imageOf(template.spec, container), storageUriOf(template)]
  if (asked.storageUri !== undefined && storageUri !== undefined && storageUri !== asked.storageUri)
    return { asked: asked.storageUri, has: storageUri }
  if (asked.image !== undefined && image !== undefined && !isSameVersion(image, asked.image))
    return { asked: asked.image, has: image }
  return undefined
}

function sentence(on: string, child: string, { asked, has }: Difference): string {
  return `${on} asks for ${asked}, ${child} still has ${has}`
}

/** Admission may have put another registry before the name, or the digest behind it. */
function isSameVersion(one: string, other: string): boolean {
  const [[oneName, oneDigest], [otherName, otherDigest]] = [partsOf(one), partsOf(other)]
  if (oneDigest !== undefined && otherDigest !== undefined) return oneDigest === otherDigest
  return oneName === otherName
}

/** `registry/churn:v2@sha256:1` -> `churn:v2`, `sha256:1` */
function partsOf(image: string): readonly [name: string, digest: string | undefined] {
  const [named = '', digest] = image.split('@', 2)
  return [named.slice(named.lastIndexOf('/') + 1), digest]
}
