import type { Failure } from '@mlops-actions/diagnostics'
import { explainTrouble, type Pod, storageUriOf, type Trouble } from '@mlops-actions/kubernetes/pods'
import { explainStorageFailure } from './storage-failure.ts'

/** The init container with which KServe fetches a model (kserve/kserve pkg/constants, `StorageInitializerContainerName`). */
const STORAGE_INITIALIZER = 'storage-initializer'

/**
 * A trouble of a predictor's pod, as the sentence that its user reads. The storage-initializer's is told by its cause,
 * in words of our own; every other container's as `kubernetes` tells it.
 * @param pod what the trouble is about, where there is one
 */
export function explainPodTrouble(
  trouble: Trouble,
  {
    pod,
    namespace,
    showLogs,
  }: { readonly pod: Pod | undefined; readonly namespace: string; readonly showLogs: boolean },
): Failure {
  if (trouble.code !== 'init-failed' || trouble.container !== STORAGE_INITIALIZER)
    return explainTrouble(trouble, { namespace, showLogs })
  return explainStorageFailure({
    on: `${trouble.on}, namespace ${namespace}`,
    storageUri: pod === undefined ? undefined : storageUriOf(pod),
    log: trouble.message,
    exitCode: trouble.exitCode,
    showLogs,
  })
}
