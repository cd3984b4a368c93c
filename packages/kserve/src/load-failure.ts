import { Failure } from '@mlops-actions/diagnostics'
import type { InferenceService } from './inference-service.wire.ts'
import { desiredVersion } from './spec.ts'
import { classifyStorageFailure, explainStorageFailure } from './storage-failure.ts'

/** What KServe says of a model that did not load, where the pods could not be asked. */
export function explainLoadFailure(
  isvc: InferenceService,
  { showLogs }: { readonly showLogs: boolean },
): Failure {
  const { reason = '', message = '', exitCode } = isvc.status.modelStatus?.lastFailureInfo ?? {}
  const on = `InferenceService ${isvc.metadata.namespace}/${isvc.metadata.name}`
  const { storageUri } = desiredVersion(isvc)
  if (classifyStorageFailure(message) !== undefined) {
    return explainStorageFailure({ on, storageUri, log: message, exitCode, showLogs })
  }
  const code =
    exitCode === undefined
      ? ''
      : ` (exit code ${exitCode}${exitCode === 137 ? ', killed: out of memory?' : ''})`
  return new Failure({
    kind: 'workload',
    code: 'MODEL_NOT_LOADED',
    what: 'The new version does not load its model',
    on,
    seen: `${reason || 'BlockedByFailedLoad'}${code}${showLogs && message !== '' ? `: ${message}` : ''}`,
    next: `Read the log of the newest predictor pod${showLogs ? '' : ', or set include-pod-logs: true'}; then start the image with this model on your machine`,
    retryable: false,
  })
}
