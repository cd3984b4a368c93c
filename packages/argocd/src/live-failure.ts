import { Failure } from '@mlops-actions/diagnostics'
import type { Application } from './application.wire.ts'
import type { PodTrouble } from './pods.ts'

export function degradedText({ status }: Application): string {
  const broken = status.resources.filter(({ health }) => health?.status === 'Degraded')
  const details = broken.map(({ kind, name, health }) => `${kind} ${name}: ${health?.message ?? ''}`)
  return [`Degraded${status.health.message === '' ? '' : `: ${status.health.message}`}`, ...details].join(
    '\n',
  )
}

export function podFailure(application: Application, { pod, reason, message }: PodTrouble): Failure {
  return liveFailure(
    application,
    'workload',
    'ARGOCD_POD',
    `pod ${pod}: ${reason}${message === '' ? '' : `: ${message}`}`,
    POD_ADVICE.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Look at the pod',
  )
}

const POD_ADVICE: readonly (readonly [RegExp, string])[] = [
  [/Image/, 'Check that the image exists, and that the cluster may pull it'],
  [/Config/, 'Check the ConfigMaps and Secrets that the pod refers to'],
  [/Crash|Error/, 'Look at the log of the container: it ends by itself'],
]

export function liveFailure(
  application: Application,
  kind: Failure['kind'],
  code: string,
  seen: string,
  next: string,
): Failure {
  return new Failure({
    kind,
    code,
    what: 'The commit is not live',
    on: `Application ${application.metadata.name}`,
    seen,
    next,
  })
}
