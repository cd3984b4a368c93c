import { Failure } from '@mlops-actions/diagnostics'
import type { Experiment } from './api.wire.ts'
import type { Kfp } from './client.ts'

/**
 * The experiment by name, created where it is not there. Two jobs may do so at the same moment: who is second gets 409
 * and takes the other's.
 * @throws Failure `config` without a namespace in multi-user mode
 */
export async function resolveExperiment(kfp: Kfp, name: string, namespace: string): Promise<Experiment> {
  assertNamespace(kfp, namespace)
  return (
    (await kfp.findExperiment(name, namespace)) ??
    (await kfp.createExperiment(name, namespace)) ??
    (await kfp.findExperiment(name, namespace)) ??
    vanished(kfp, name)
  )
}

/** In multi-user mode the namespace of a run comes from its experiment, and lists want one (reference 1.5). */
export function assertNamespace({ address }: Kfp, namespace: string): void {
  if (!address.multiUser || namespace !== '') return
  throw new Failure({
    kind: 'config',
    code: 'KFP_NAMESPACE',
    what: 'An input is missing',
    on: 'namespace',
    seen: 'this KFP is in multi-user mode, where every experiment belongs to the namespace of a profile',
    next: 'Give the namespace of the profile in which the pipeline shall run',
  })
}

function vanished({ address }: Kfp, name: string): never {
  throw new Failure({
    kind: 'conflict',
    code: 'KFP_EXPERIMENT',
    what: 'Cannot create the experiment',
    on: `${name} on ${new URL(address.api).host}`,
    seen: 'the server says that it exists, and does not list it: it may be archived or belong to another namespace',
    next: 'Check the namespace, or choose another name',
    retryable: false,
  })
}
