import type { JsonValue } from '@mlops-actions/diagnostics'
import { countsOf, worstOf } from '../fleet/outcome.ts'
import type { Explained } from './failure-report.ts'
import { type Standing, standingJson } from './standings.ts'

/** Outputs of the worst Application, and how it stands with all of them. */
export function outputsOf(standings: readonly Standing[], waited: number) {
  const worst = worstOf(standings.map(({ result }) => result))
  const one = standings.find(({ result }) => result === worst)
  return {
    'sync-status': one?.syncStatus ?? '',
    'health-status': one?.healthStatus ?? '',
    phase: one?.phase ?? '',
    images: [...new Set(standings.flatMap(({ images }) => images))],
    url: one?.link ?? '',
    'waited-seconds': Math.round(waited / 1_000),
    applications: {
      total: standings.length,
      counts: countsOf(standings.map(({ result }) => result)),
      items: standings.map(standingJson),
    },
  }
}

/** The part of the report that good and bad ends have in common. */
export function reportOf(standings: readonly Standing[], wanted: string, waited: number) {
  const {
    images,
    'sync-status': sync,
    'health-status': health,
    phase,
    applications,
  } = outputsOf(standings, waited)
  return {
    application: standings.map(({ name }) => name).join(', '),
    wanted,
    waited: Math.round(waited / 1_000),
    'sync-status': sync,
    'health-status': health,
    phase,
    images,
    applications: {
      ...applications,
      items: standings.map((one) => ({
        ...standingJson(one),
        reason: one.reason,
        images: one.images,
        phases: one.spans.map(({ phase: name, from, to }) => ({ name, from, to })),
      })),
    },
  }
}

/** What was found out about one that is not live. */
export function explainedJson({ member, failure, evidence }: Explained): JsonValue {
  const { kind, code, what, seen, next } = failure.details
  const { warnings, loadFailures, wanted, current, window } = evidence
  return {
    application: member.name.name,
    failure: { kind, code, what, seen, next },
    warnings: warnings.map(({ reason, involvedObject, count }) => ({
      reason,
      count,
      on: `${involvedObject.kind} ${involvedObject.name}`,
    })),
    'load-failures': loadFailures.map(({ service, reason, exitCode }) => ({
      service,
      reason,
      'exit-code': exitCode,
    })),
    commits: { wanted: wanted?.message.split('\n', 1)[0], current: current?.message.split('\n', 1)[0] },
    window: window === undefined ? undefined : `${window.kind} ${window.schedule}, ${window.duration}`,
  }
}

/** Which commit became live in which Application. */
export function lineageOf(standings: readonly Standing[]): JsonValue {
  const [first] = standings
  if (first !== undefined && standings.length === 1)
    return { application: first.name, commit: first.revision }
  return { applications: standings.map(({ name, revision }) => ({ application: name, commit: revision })) }
}
