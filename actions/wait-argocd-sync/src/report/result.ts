import { type Failure, type JsonValue, withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'
import type { FleetInputs } from '../fleet/crew.ts'
import type { Member } from '../fleet/member.ts'
import { countsOf, resultOf, worstOf } from '../fleet/outcome.ts'
import { type Explained, failureReport } from './failure-report.ts'
import { type Standing, standingJson, standingOf } from './standings.ts'
import { successReport } from './success-report.ts'

/** A wait that is over. */
export interface Ended {
  readonly inputs: FleetInputs
  readonly members: readonly Member[]
  readonly notes: readonly string[]
  /** Milliseconds since the epoch. */
  readonly started: number
  readonly ended: number
}

/** What a good end says. */
export function succeed({ inputs, members, notes, started, ended }: Ended): ActionResult {
  const { revision: wanted, deepHealth } = inputs
  const standings = members.map((member) => standingOf(member, ended - started))
  const result = worstOf(standings.map((one) => one.result))
  const revision = standings.find((one) => one.result === result)?.revision ?? ''
  return {
    outputs: { ...outputsOf(standings, ended - started), result, revision, changed: hasChanged(members) },
    summary: successReport({
      wanted,
      result,
      standings,
      notes: [
        ...notes,
        ...members.flatMap((member) =>
          member.ending?.kind === 'live' ? notesOf(member, member.ending.live.notes, members.length) : [],
        ),
      ],
      deepHealth,
      started,
      ended,
    }),
    report: {
      ...reportOf(standings, wanted, ended - started),
      result,
      revision,
      rolloutProven: deepHealth,
    },
    lineage: lineageOf(standings),
  }
}

/** Of several Applications each note names its own. */
export function notesOf({ name }: Member, notes: readonly string[], count: number): readonly string[] {
  return count === 1 ? notes : notes.map((note) => `${name.name}: ${note}`)
}

/** The failure with everything that was seen up to it. */
export function explainFailure(
  failure: Failure,
  { inputs, members, notes, started, ended }: Ended,
  explained: readonly Explained[],
): Failure {
  const { revision: wanted, includePodLogs, expectedImages, expectedStorageUri } = inputs
  const standings = members.map((member) => standingOf(member, ended - started))
  const result = resultOf(failure)
  const outputs = {
    ...outputsOf(standings, ended - started),
    ...(result === undefined ? {} : { result }),
    changed: hasChanged(members),
  }
  if (failure.kind === 'cancelled') return withDetails(failure, { outputs })
  const lastLine = explained[0]?.evidence.log.split('\n').at(-1) ?? ''
  const seen = lastLine === '' ? failure.details.seen : `${failure.details.seen}\nit said: ${lastLine}`
  const summary = failureReport({
    failure,
    seen,
    result,
    wanted,
    images: expectedImages,
    storageUri: expectedStorageUri,
    standings,
    explained,
    notes,
    showLogs: includePodLogs,
    started,
    ended,
  })
  const { next, code } = failure.details
  const report = {
    ...reportOf(standings, wanted, ended - started),
    result: result ?? 'failed',
    cause: code,
    seen,
    next,
    explained: explained.map(explainedJson),
  }
  return withDetails(failure, { seen, outputs, summary, report })
}

/** Outputs of the worst Application, and how it stands with all of them. */
function outputsOf(standings: readonly Standing[], waited: number) {
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

function reportOf(standings: readonly Standing[], wanted: string, waited: number) {
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

function explainedJson({ member, failure, evidence }: Explained): JsonValue {
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

function hasChanged(members: readonly Member[]): boolean {
  return members.some(({ sync }) => sync.begunAt !== undefined)
}

function lineageOf(standings: readonly Standing[]): JsonValue {
  const [first] = standings
  if (first !== undefined && standings.length === 1)
    return { application: first.name, commit: first.revision }
  return { applications: standings.map(({ name, revision }) => ({ application: name, commit: revision })) }
}
