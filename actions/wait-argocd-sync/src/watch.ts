import type {
  Application,
  ContainerName,
  Live,
  LiveJudge,
  LiveState,
  PodTrouble,
  SelectedSource,
} from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { waitFor } from '@mlops-actions/wait'
import { withAdvice } from './advice.ts'
import type { WaitInputs } from './inputs.ts'
import type { Observer } from './observe.ts'
import { explainFailure, succeed } from './result.ts'

export interface Watch {
  readonly judge: LiveJudge
  readonly observer: Observer
  readonly source: SelectedSource
  readonly link: string
  readonly events: (signal: AbortSignal) => AsyncIterable<Application>
  readonly containerLog: (container: ContainerName) => Promise<string>
}

/** Looks until the commit is live, can no longer become so, or the time is over; says how it went in every case. */
export async function waitUntilLive(
  inputs: WaitInputs,
  world: ActionWorld,
  watch: Watch,
): Promise<ActionResult> {
  const { judge, observer, link, source } = watch
  const started = world.now()
  let last: LiveState | undefined
  let reason = ''
  try {
    const waited = await waitFor<LiveState, Live>(world, {
      what: `${inputs.application} to be live at ${inputs.revision.slice(0, 7)}`,
      on: `Application ${inputs.application}`,
      observe: () => observer.look(),
      events: async function* (signal) {
        for await (const application of watch.events(signal)) {
          const state = await observer.take(application)
          if (state !== undefined) yield state
        }
      },
      evaluate: (state) => {
        last = state
        const verdict = judge.evaluate(state)
        if (verdict.status === 'pending') reason = verdict.reason
        return verdict
      },
      interval: () => Math.min(inputs.interval, judge.dueIn(world.now()) ?? inputs.interval),
      timeout: inputs.timeout,
      next: 'Look at the Application in Argo CD; the summary shows what was seen last',
    })
    return succeed(inputs, waited, last, link)
  } catch (thrown) {
    const failure = withAdvice(thrown, reason)
    if (!(failure instanceof Failure)) throw failure
    const log = inputs.includePodLogs ? await readCrashLog(failure, judge.troubles, watch.containerLog) : ''
    const waited = world.now() - started
    throw explainFailure(failure, { inputs, last, source, link, waited, log, troubles: judge.troubles })
  }
}

const HAS_ENDED = new Set<PodTrouble['trouble']['code']>(['crash-loop', 'init-failed'])

/** What the crashing container said last, where the failure is a crash and the log can be read; otherwise ''. */
async function readCrashLog(
  { kind }: Failure,
  troubles: readonly PodTrouble[],
  containerLog: Watch['containerLog'],
): Promise<string> {
  const crash = troubles.find(({ trouble }) => HAS_ENDED.has(trouble.code))
  const { pod, container } = crash?.trouble ?? {}
  if (kind !== 'workload' || crash === undefined || pod === undefined || container === undefined) return ''
  return containerLog({ pod, container, namespace: crash.namespace }).catch(() => '')
}
