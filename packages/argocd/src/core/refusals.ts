import { Failure, withDetails } from '@mlops-actions/diagnostics'
import type { ObjectName } from '@mlops-actions/kubernetes'
import type { ApplicationName } from '../api/argocd.ts'
import type { Application } from '../model/application.wire.ts'
import type { Elsewhere } from './elsewhere.ts'

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
    next: 'Give `workload-kubeconfig` or `workload-eks-cluster` for that cluster, or ask the API of Argo CD (`url`), which reads it by itself; `deep-health: false` without `expected-images` and `expected-storage-uri` goes without that proof, and says so',
  })
}

/** Of an Application that was looked for in the namespace of Argo CD alone, and may be in another one. */
export function toldOfElsewhere(thrown: unknown, elsewhere: Elsewhere | undefined): unknown {
  const isMissing = thrown instanceof Failure && thrown.kind === 'not-found'
  if (!isMissing || elsewhere === undefined || elsewhere.written === '') return thrown
  const next = `${thrown.details.next}. Argo CD has Applications in other namespaces, too (${elsewhere.written}): give the one of this Application as \`app-namespace\``
  return withDetails(thrown, { next })
}

/** Only a warning: that its controller looks there may also be set at the controller itself. */
export function sayWhereUnwatched(
  elsewhere: Elsewhere | undefined,
  { namespace }: ObjectName,
  say: (sentence: string) => void,
): void {
  if (elsewhere === undefined || elsewhere.has(namespace)) return
  const named = elsewhere.written === '' ? 'is not set' : `is ${elsewhere.written}`
  say(
    `Argo CD may not look at Applications in the namespace ${namespace}: \`application.namespaces\` in argocd-cmd-params-cm ${named}. Add it there and restart its controller and server, or nothing will happen to this Application`,
  )
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
