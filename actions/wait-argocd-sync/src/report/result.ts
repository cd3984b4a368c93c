import { type Failure, withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'
import type { FleetInputs } from '../fleet/crew.ts'
import type { Member } from '../fleet/member.ts'
import { resultOf, worstOf } from '../fleet/outcome.ts'
import { type Explained, failureReport } from './failure-report.ts'
import { explainedJson, lineageOf, outputsOf, reportOf } from './json.ts'
import { standingOf } from './standings.ts'
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
  const lives = members.flatMap((member) =>
    member.ending?.kind === 'live' ? [{ member, live: member.ending.live }] : [],
  )
  const rolloutProven = deepHealth && lives.every(({ live }) => live.isProven)
  const standings = members.map((member) => standingOf(member, ended - started))
  const result = worstOf(standings.map((one) => one.result))
  const revision = standings.find((one) => one.result === result)?.revision ?? ''
  return {
    outputs: { ...outputsOf(standings, ended - started), result, revision, changed: hasChanged(members) },
    summary: successReport({
      wanted,
      result,
      standings,
      notes: [...notes, ...lives.flatMap(({ member, live }) => notesOf(member, live.notes, members.length))],
      deepHealth,
      rolloutProven,
      started,
      ended,
    }),
    report: {
      ...reportOf(standings, wanted, ended - started),
      result,
      revision,
      rolloutProven,
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

function hasChanged(members: readonly Member[]): boolean {
  return members.some(({ sync }) => sync.begunAt !== undefined)
}
