import { Failure } from '@mlops-actions/diagnostics'
import { conditionOf, hasLasted, type Memory, type Patience } from '@mlops-actions/kubernetes'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import type { InferenceService } from './inference-service.wire.ts'
import { explainLoadFailure } from './load-failure.ts'
import { deploymentMode, isStopped, notYetSynced, type WantedVersion } from './spec.ts'

/** A model may fail to load once and load on the next start; InvalidSpec may stem from the spec before. */
const BLOCKED: Patience = { looks: 2, lasting: 20_000 }
/** What applies the manifest may be a moment behind; a wrong name stays wrong. */
const MISSING: Patience = { looks: 2, lasting: 60_000 }
const MISSING_KEY = 'isvc missing'
const INVALID: Patience = { looks: 2, lasting: 5_000 }

export interface ServiceContext {
  /** `namespace/name`, for messages. */
  readonly service: string
  /** Whether the rollout is to be proven on the pods: a mode in which that is not possible yet is then refused. */
  readonly proveRollout: boolean
  /** Whether output of the user's containers may be shown. */
  readonly showLogs: boolean
}

/**
 * Whether the InferenceService itself asks for the wanted version and calls itself ready. That alone proves nothing
 * about the pods: Ready stays True while old pods serve (kserve/kserve#4626, #5703), and `observedGeneration` is the
 * child's. `lastFailureInfo` is never cleared, so it counts only while transitionStatus says that loading failed. Pure.
 */
export function evaluateService(
  isvc: InferenceService | undefined,
  want: WantedVersion,
  memory: Memory,
  context: ServiceContext,
): Verdict<{ readonly url: string | undefined }> {
  if (isvc === undefined) {
    const isMissing = hasLasted(memory.sightings, MISSING_KEY, MISSING, memory.now)
    return isMissing ? failed(missing(context)) : pending('the InferenceService does not exist yet')
  }
  const refused = refusal(isvc, context)
  if (refused !== undefined) return failed(refused)
  const behind = notYetSynced(isvc, want)
  if (behind !== undefined) return pending(behind)
  const { conditions, modelStatus } = isvc.status
  const lasts = (key: string, patience: Patience) => {
    return hasLasted(memory.sightings, keyOf(isvc, key), patience, memory.now)
  }
  if (lasts('InvalidSpec', INVALID)) return failed(invalidSpec(isvc))
  if (lasts('BlockedByFailedLoad', BLOCKED)) return failed(explainLoadFailure(isvc, context))
  const ready = conditionOf(conditions, 'Ready')
  if (ready?.status === 'True') return done({ url: isvc.status.url })
  const model = modelStatus === undefined ? '' : `, model ${modelStatus.transitionStatus || 'unknown'}`
  return pending(
    `the InferenceService is not ready${model}${ready?.reason ? `: ${ready.reason}` : ''}${ready?.message ? ` (${ready.message})` : ''}`,
  )
}

/** What the observer must remember of the service from look to look. */
export function serviceKeys(isvc: InferenceService | undefined, want: WantedVersion): readonly string[] {
  const transition = isvc?.status.modelStatus?.transitionStatus ?? ''
  if (isvc === undefined) return [MISSING_KEY]
  if (notYetSynced(isvc, want) !== undefined) return []
  return transition === 'InvalidSpec' || transition === 'BlockedByFailedLoad' ? [keyOf(isvc, transition)] : []
}

/** A spec that was changed is judged anew. */
function keyOf({ metadata }: InferenceService, transition: string): string {
  return `isvc ${metadata.uid} ${metadata.generation} ${transition}`
}

/** What no waiting changes. */
function refusal(isvc: InferenceService, { proveRollout }: ServiceContext): Failure | undefined {
  const on = `InferenceService ${isvc.metadata.namespace}/${isvc.metadata.name}`
  if (isvc.metadata.deletionTimestamp !== undefined) {
    const seen = `it is being deleted since ${isvc.metadata.deletionTimestamp}`
    return refuse('conflict', 'ISVC_DELETED', on, seen, 'Apply it again when it is gone')
  }
  if (isStopped(isvc)) {
    const next = 'Remove the annotation serving.kserve.io/stop, or set it to "false"'
    return refuse(
      'policy',
      'ISVC_STOPPED',
      on,
      'it is stopped by its annotation serving.kserve.io/stop',
      next,
    )
  }
  const uncovered = proveRollout ? uncoveredOf(isvc) : undefined
  if (uncovered === undefined) return undefined
  const next =
    'Set prove-rollout: false to check readiness, answers and latency alone: the report then says that the rollout is not proven'
  return refuse('config', 'ISVC_MODE_NOT_COVERED', on, uncovered, next)
}

/** Ways to run a service whose rollout cannot be proven here yet. */
function uncoveredOf(isvc: InferenceService): string | undefined {
  const mode = deploymentMode(isvc)
  if (mode === 'Knative' || mode === 'ModelMesh') {
    return `it runs in ${mode} mode, whose revisions this version cannot prove yet (Standard mode it can)`
  }
  if (isvc.spec.canary.length > 0)
    return 'it splits its traffic with spec.canary, which this version cannot prove yet'
  if (isvc.spec.predictor.workerSpec !== undefined) {
    return 'its predictor spans several nodes (workerSpec), which this version cannot prove yet'
  }
  return undefined
}

function invalidSpec(isvc: InferenceService): Failure {
  const { reason = 'InvalidSpec', message = '' } = isvc.status.modelStatus?.lastFailureInfo ?? {}
  const on = `InferenceService ${isvc.metadata.namespace}/${isvc.metadata.name}`
  const next = /Runtime/.test(reason)
    ? 'Name a ServingRuntime that exists in the namespace or the cluster and supports the model format'
    : 'Correct the predictor in the manifest'
  return new Failure({
    kind: 'workload',
    code: 'ISVC_INVALID_SPEC',
    what: 'KServe cannot run this InferenceService',
    on,
    seen: message === '' ? reason : `${reason}: ${message}`,
    next,
  })
}

function missing({ service }: ServiceContext): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ISVC_MISSING',
    what: 'There is no such InferenceService',
    on: `InferenceService ${service}`,
    seen: 'it has been missing for 60 s',
    next: 'Check name and namespace, and that KServe is installed in this cluster (`kubectl get inferenceservices -A`)',
  })
}

function refuse(
  kind: 'config' | 'conflict' | 'policy',
  code: string,
  on: string,
  seen: string,
  next: string,
): Failure {
  return new Failure({ kind, code, what: 'Cannot check the service', on, seen, next, retryable: false })
}
