import { Failure } from '@mlops-actions/diagnostics'
import type { KubernetesClient, ObjectName } from '@mlops-actions/kubernetes'
import type { Application } from '../model/application.wire.ts'
import { APPLICATIONS } from './resource-types.ts'

/**
 * Begins a sync as Argo CD's own API server does (util/argo SetAppOperation): an operation where there is none, on the
 * Application as it was read, with what its policy says of options and retries.
 * @throws Failure `conflict` where another operation runs, or somebody changed the Application at the same moment
 */
export async function beginSync(
  client: KubernetesClient,
  name: ObjectName,
  { metadata: { resourceVersion }, operation: running, spec }: Application,
  prune: boolean,
): Promise<void> {
  if (running !== undefined) throw isBusy(name)
  const { syncOptions = [], retry } = spec.syncPolicy ?? {}
  const operation = {
    initiatedBy: { username: 'mlops-actions' },
    sync: { prune, syncOptions, syncStrategy: { hook: {} } },
    ...(retry === undefined ? {} : { retry }),
  }
  await client.patch(APPLICATIONS, name, {
    metadata: { resourceVersion },
    operation,
    status: { operationState: null },
  })
}

function isBusy({ namespace, name }: ObjectName): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'ARGOCD_OPERATION',
    what: 'Cannot sync the Application',
    on: `${namespace}/${name}`,
    seen: 'another operation is already in progress',
    next: 'Run this step again when that operation has ended',
  })
}
