import {
  type Application,
  createArgocd,
  createLiveJudge,
  type Live,
  type LiveJudge,
  type LiveState,
  type LiveWant,
  type PodTrouble,
  type SelectedSource,
  selectSources,
  troubledPods,
} from '@mlops-actions/argocd'
import { Failure, withDetails } from '@mlops-actions/diagnostics'
import { createHttp } from '@mlops-actions/http'
import { type ActionResult, type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { type Waited, waitFor } from '@mlops-actions/wait'
import { createAncestry } from './ancestry.ts'
import type { Inputs } from './inputs.ts'
import { createObserver, type Observer } from './observe.ts'
import { describeState, failureReport, successReport } from './report.ts'

/** Connects, finds the source that the commit belongs to, and waits until the commit is live or cannot become so. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const argocd = await connect(inputs, world)
  const name = { name: inputs.application, project: inputs.project, appNamespace: inputs.appNamespace }
  const link = `${inputs.url}/applications/${inputs.appNamespace ?? 'argocd'}/${inputs.application}`
  world.output('url', link)
  world.log.info(`Argo CD ${await argocd.version()}, Application ${inputs.application}`)
  const source = sourceOf(selectSources(await argocd.get(name), inputs.repository), inputs)
  const ancestry = createAncestry(inputs, world)
  const judge = createLiveJudge({ ...wantOf(inputs), source })
  const observer = createObserver(world, argocd, ancestry, {
    name,
    source,
    deep: inputs.deepHealth,
    wantsRefresh: () => judge.isUnconfirmed,
  })
  try {
    return await waitUntilLive(inputs, world, {
      judge,
      observer,
      source,
      link,
      events: (signal) => argocd.stream(name, signal),
      podLog: (pod) => argocd.podLog(name, pod),
    })
  } finally {
    await ancestry.close()
  }
}

function wantOf(inputs: Inputs): Omit<LiveWant, 'source'> {
  return {
    revision: inputs.revision,
    images: inputs.expectedImages,
    settle: inputs.settle,
    degradedGrace: inputs.degradedGrace,
    acceptNewer: inputs.onSuperseded === 'accept',
    acceptSuspended: inputs.acceptSuspended,
  }
}

async function connect(inputs: Inputs, world: ActionWorld) {
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  const http = createHttp(world, {
    caCert,
    headers: Object.fromEntries(inputs.extraHeaders),
    requestTimeout: inputs.requestTimeout,
    trustedOrigins: [inputs.url],
  })
  return createArgocd(http, { url: inputs.url, token: inputs.token })
}

interface Watch {
  readonly judge: LiveJudge
  readonly observer: Observer
  readonly source: SelectedSource
  readonly link: string
  readonly events: (signal: AbortSignal) => AsyncIterable<Application>
  readonly podLog: (pod: PodTrouble) => Promise<string>
}

/** What the crashing pod said last, where the failure is a crash and the log can be read; otherwise ''. */
async function readCrashLog(
  failure: Failure,
  last: LiveState | undefined,
  podLog: Watch['podLog'],
): Promise<string> {
  const pods = last?.tree === undefined ? [] : troubledPods(last.tree)
  const pod = pods.find(({ reason }) => reason.endsWith('CrashLoopBackOff'))
  return failure.code !== 'ARGOCD_POD' || pod === undefined ? '' : podLog(pod).catch(() => '')
}

async function waitUntilLive(inputs: Inputs, world: ActionWorld, watch: Watch): Promise<ActionResult> {
  const { judge, observer, link } = watch
  const started = world.now()
  let last: LiveState | undefined
  try {
    const waited = await waitFor<LiveState, Live>(world, {
      what: `${inputs.application} to be live at ${inputs.revision.slice(0, 7)}`,
      on: `Application ${inputs.application}`,
      observe: () => observer.look(),
      events: async function* (signal) {
        for await (const application of watch.events(signal)) yield observer.take(application)
      },
      evaluate: (state) => {
        last = state
        return judge.evaluate(state)
      },
      interval: () => Math.min(inputs.interval, judge.dueIn(world.now()) ?? inputs.interval),
      timeout: inputs.timeout,
      next: 'Look at the Application in Argo CD; the summary shows what was seen last',
    })
    return succeed(inputs, waited, last, link)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const log = inputs.includePodLogs ? await readCrashLog(error, last, watch.podLog) : ''
    throw explainFailure(error, {
      log,
      inputs,
      last,
      source: watch.source,
      link,
      waited: world.now() - started,
    })
  }
}

function succeed(
  inputs: Inputs,
  { value, waited }: Waited<Live>,
  last: LiveState | undefined,
  link: string,
): ActionResult {
  const seen = describeState(last)
  return {
    outputs: {
      result: value.result,
      revision: value.revision,
      ...seen,
      url: link,
      'waited-seconds': Math.round(waited / 1_000),
    },
    summary: successReport({
      application: inputs.application,
      wanted: inputs.revision,
      live: value,
      link,
      waited,
      state: last,
    }),
    report: {
      application: inputs.application,
      wanted: inputs.revision,
      result: value.result,
      revision: value.revision,
      waited: Math.round(waited / 1_000),
      ...seen,
    },
    lineage: { application: inputs.application, commit: value.revision },
  }
}

interface Unsuccessful {
  /** What the crashing pod said last; '' where that is not known or not to be shown. */
  readonly log: string
  readonly inputs: Inputs
  readonly last: LiveState | undefined
  readonly source: SelectedSource
  readonly link: string
  readonly waited: number
}

function explainFailure(
  failure: Failure,
  { inputs, last, source, link, waited, log }: Unsuccessful,
): Failure {
  if (failure.kind === 'cancelled') return failure
  const { application, revision: wanted } = inputs
  const state = describeState(last)
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
    source,
    log,
  })
  const seconds = Math.round(waited / 1_000)
  return withDetails(failure, {
    seen,
    outputs: { ...state, url: link, 'waited-seconds': seconds },
    summary,
    report: { application, wanted, result: 'failed', seen, waited: seconds, ...state },
  })
}

/** The source that the commit belongs to; several of one repository are told apart by nothing but the commit, so the first decides. */
function sourceOf(sources: readonly SelectedSource[], inputs: Inputs): SelectedSource {
  const [source] = sources
  if (source !== undefined) return source
  throw new Failure({
    kind: 'config',
    code: 'ARGOCD_SOURCE',
    what: 'The Application deploys from another repository',
    on: `Application ${inputs.application}`,
    seen:
      inputs.repository === undefined
        ? 'it has no Git source'
        : `none of its Git sources is ${inputs.repository}`,
    next: 'Check the inputs `application` and `repository`: this commit can never become live there',
  })
}
