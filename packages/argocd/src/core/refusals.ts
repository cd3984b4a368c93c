import { Failure } from '@mlops-actions/diagnostics'
import type { ApplicationName } from '../api/argocd.ts'
import type { Application } from '../model/application.wire.ts'

export function assertProject({ metadata, spec }: Application, { project }: ApplicationName): void {
  if (project === undefined || spec.project === project) return
  throw new Failure({
    kind: 'not-found',
    code: 'ARGOCD_PROJECT',
    what: 'Cannot read the Application',
    on: `Application ${metadata.name}`,
    seen: `it is in the project ${spec.project}, not in ${project}`,
    next: 'Check the inputs `application` and `project`',
  })
}

export function unproven({ metadata }: Application, why: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'ARGOCD_WORKLOAD',
    what: 'Cannot prove what runs',
    on: `Application ${metadata.name}`,
    seen: why,
    next: 'Give `workload-kubeconfig` or `workload-eks-cluster` for that cluster, or ask the API of Argo CD (`url`), which reads it by itself; `deep-health: false` goes without that proof, and says so',
  })
}

export function closedWindow({ metadata }: Application, window: string): Failure {
  return new Failure({
    kind: 'policy',
    code: 'ARGOCD_WINDOW',
    what: 'Cannot sync the Application',
    on: `Application ${metadata.name}`,
    seen: `a sync window keeps it from syncing (${window})`,
    next: 'Run this step again when the window lets it sync',
    retryable: true,
  })
}
