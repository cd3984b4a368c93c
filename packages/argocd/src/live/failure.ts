import { Failure } from '@mlops-actions/diagnostics'
import type { Application } from '../model/application.wire.ts'

export function degradedText({ status }: Application): string {
  const broken = status.resources.filter(({ health }) => health?.status === 'Degraded')
  const details = broken.map(({ kind, name, health }) => `${kind} ${name}: ${health?.message ?? ''}`)
  return [`Degraded${status.health.message === '' ? '' : `: ${status.health.message}`}`, ...details].join(
    '\n',
  )
}

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
