import { type Failure, type JsonValue, type OutputValue, withDetails } from '@mlops-actions/diagnostics'
import type { Gate, GateVerdict } from '@mlops-actions/gates'
import { runUrl } from '@mlops-actions/kfp'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import type { Champion } from './champion.ts'
import { type Collected, toJson } from './collect.ts'
import type { Connection } from './connect.ts'
import type { Inputs } from './inputs.ts'
import { type RunReport, reportRun } from './report.ts'
import type { Submission } from './submission.ts'

/** What every part of the story needs. */
export interface Step {
  readonly inputs: Inputs
  readonly world: ActionWorld
  readonly connection: Connection
  readonly submission: Submission
  readonly gates: readonly Gate[]
  readonly created: boolean
  /** Milliseconds since the epoch. */
  readonly started: number
}

/** A report of nothing yet but the run. */
export function frameOf({ submission, connection, created }: Step, runId: string, waited: number): RunReport {
  return {
    pipeline: submission.pipeline,
    runId,
    url: runUrl(connection.kfp.address, runId),
    outcome: 'given up',
    created,
    waited,
    tasks: [],
    metrics: {},
    source: '',
    champion: NO_CHAMPION,
    verdicts: [],
    artifacts: {},
    downloaded: [],
    failure: undefined,
    unread: undefined,
    log: '',
  }
}

export const NO_CHAMPION: Champion = { metrics: undefined, name: undefined }

export function partsOf({ metrics, artifacts, source, results, trouble }: Collected) {
  return { metrics, artifacts, source, tasks: results.tasks, unread: trouble?.details.seen }
}

export function fail(step: Step, report: RunReport, failure: Failure, collected: Collected): Failure {
  const { outputs, report: data } = describe(step, { ...report, failure }, collected)
  return withDetails(failure, {
    outputs,
    summary: reportRun({ ...report, failure }),
    ...(data === undefined ? {} : { report: data }),
  })
}

const STATES: Readonly<Record<RunReport['outcome'], string | undefined>> = {
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  terminated: 'CANCELED',
  'given up': undefined,
}

export function describe(step: Step, report: RunReport, collected: Collected): ActionResult {
  const { submission, created, gates: asked } = step
  const metrics = toJson(report.metrics)
  const champion = report.champion.metrics === undefined ? undefined : toJson(report.champion.metrics)
  const gates = report.verdicts.map(toGateOutput)
  const judged = asked.length === 0 || gates.length > 0
  const outputs: Record<string, OutputValue | undefined> = {
    'run-id': report.runId,
    'run-url': report.url,
    state: STATES[report.outcome],
    changed: created,
    metrics,
    'champion-metrics': champion,
    'gate-passed': judged && report.outcome === 'succeeded' ? gates.every(({ passed }) => passed) : undefined,
    gates: judged ? gates : undefined,
    artifacts: report.artifacts,
    'output-parameters': collected.outputParameters,
    'model-uri': collected.modelUri,
  }
  const facts = { ...factsOf(submission), metrics, artifacts: report.artifacts }
  return {
    outputs,
    summary: reportRun(report),
    report: {
      ...facts,
      'run-id': report.runId,
      'run-url': report.url,
      state: STATES[report.outcome] ?? null,
      'metrics-from': report.source,
      champion: champion ?? null,
      gates,
      'output-parameters': collected.outputParameters,
      downloaded: report.downloaded,
      tasks: report.tasks.map(({ name, state, message, startedAt = null, finishedAt = null }) => ({
        name,
        state,
        message,
        startedAt,
        finishedAt,
      })),
      'waited-seconds': Math.round(report.waited / 1_000),
    },
    lineage: { ...facts, run: { id: report.runId, url: report.url } },
  }
}

function factsOf({ pipeline, source, parameters }: Submission): Readonly<Record<string, JsonValue>> {
  return { pipeline: { name: pipeline, ...source }, parameters }
}

function toGateOutput({ gate, passed, seen }: GateVerdict) {
  return { gate: gate.source, passed, seen }
}
