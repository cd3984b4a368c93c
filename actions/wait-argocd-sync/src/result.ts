import type { Live, LiveState, PodTrouble, SelectedSource } from '@mlops-actions/argocd'
import { type Failure, withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'
import type { Waited } from '@mlops-actions/wait'
import type { WaitInputs } from './inputs.ts'
import { describeState, failureReport, successReport } from './report.ts'

/** What a good end says. */
export function succeed(
  inputs: WaitInputs,
  { value, waited }: Waited<Live>,
  last: LiveState | undefined,
  link: string,
): ActionResult {
  const { application, revision: wanted, deepHealth } = inputs
  const seen = describeState(last)
  const seconds = Math.round(waited / 1_000)
  return {
    outputs: {
      result: value.result,
      revision: value.revision,
      ...seen,
      url: link,
      'waited-seconds': seconds,
    },
    summary: successReport({ application, wanted, live: value, link, waited, state: last, deepHealth }),
    report: {
      application,
      wanted,
      result: value.result,
      revision: value.revision,
      waited: seconds,
      ...seen,
    },
    lineage: { application, commit: value.revision },
  }
}

export interface Unsuccessful {
  /** What the crashing container said last; '' where that is not known or not to be shown. */
  readonly log: string
  readonly inputs: WaitInputs
  readonly last: LiveState | undefined
  readonly troubles: readonly PodTrouble[]
  readonly source: SelectedSource
  readonly link: string
  readonly waited: number
}

/** The failure with everything that was seen up to it. */
export function explainFailure(
  failure: Failure,
  { inputs, last, troubles, source, link, waited, log }: Unsuccessful,
): Failure {
  const { application, revision: wanted, includePodLogs } = inputs
  const state = describeState(last)
  const seconds = Math.round(waited / 1_000)
  const outputs = { ...state, url: link, 'waited-seconds': seconds }
  if (failure.kind === 'cancelled') return withDetails(failure, { outputs })
  const lastLine = log.split('\n').at(-1) ?? ''
  const seen = lastLine === '' ? failure.details.seen : `${failure.details.seen}\nit said: ${lastLine}`
  const summary = failureReport({
    application,
    wanted,
    failure,
    seen,
    link,
    waited,
    state: last,
    troubles,
    showLogs: includePodLogs,
    source,
    log,
  })
  return withDetails(failure, {
    seen,
    outputs,
    summary,
    report: {
      application,
      wanted,
      result: 'failed',
      seen,
      next: failure.details.next,
      waited: seconds,
      ...state,
    },
  })
}
