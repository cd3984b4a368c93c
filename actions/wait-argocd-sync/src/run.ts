import {
  type ApplicationName,
  type Argocd,
  createArgocd,
  createLiveJudge,
  createPodReader,
  readTurn,
  type SelectedSource,
} from '@mlops-actions/argocd'
import { createHttp } from '@mlops-actions/http'
import { explainPodTrouble } from '@mlops-actions/kserve/pod-failure'
import { type ActionResult, type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { createAncestry } from './ancestry.ts'
import { createBehindReader } from './behind.ts'
import { checkApplication } from './check.ts'
import type { Inputs, WaitInputs } from './inputs.ts'
import { createObserver } from './observe.ts'
import { sourceOf } from './source.ts'
import { waitUntilLive } from './watch.ts'

/** Connects, finds the source that the commit belongs to, and waits until the commit is live or cannot become so; or only checks. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const argocd = await connect(inputs, world)
  const name = { name: inputs.application, project: inputs.project, appNamespace: inputs.appNamespace }
  world.output('url', linkTo(inputs, inputs.appNamespace))
  world.log.info(`Argo CD ${await argocd.version()}, Application ${inputs.application}`)
  const application = await argocd.get(name)
  const source = sourceOf(application, inputs)
  const link = linkTo(inputs, application.metadata.namespace)
  const { mode, revision } = inputs
  if (mode === 'check' || revision === undefined) {
    // As in a wait: that the windows cannot be told is no failure.
    const blocking = await argocd.blockingWindow(name).catch(() => undefined)
    const turn = await readTurn(argocd, application)
    return checkApplication({ application, blocking, turn, link }, inputs)
  }
  return waitFor({ ...inputs, revision }, world, { argocd, name, source, link })
}

interface Subject {
  readonly argocd: Argocd
  readonly name: ApplicationName
  readonly source: SelectedSource
  readonly link: string
}

async function waitFor(
  inputs: WaitInputs,
  world: ActionWorld,
  { argocd, name, source, link }: Subject,
): Promise<ActionResult> {
  const ancestry = createAncestry(inputs, world, source.source.targetRevision)
  const judge = createLiveJudge({
    revision: inputs.revision,
    source,
    images: inputs.expectedImages,
    settle: inputs.settle,
    degradedGrace: inputs.degradedGrace,
    acceptNewer: inputs.onSuperseded === 'accept',
    acceptSuspended: inputs.acceptSuspended,
    explain: ({ trouble, pod, namespace }) =>
      explainPodTrouble(trouble, { pod, namespace, showLogs: inputs.includePodLogs }),
  })
  const observer = createObserver(world, argocd, ancestry, {
    name,
    source,
    readPods: inputs.deepHealth ? createPodReader(argocd, name) : undefined,
    readBehind: inputs.deepHealth ? createBehindReader(argocd, name) : undefined,
    wantsRefresh: () => judge.isUnconfirmed,
  })
  try {
    return await waitUntilLive(inputs, world, {
      judge,
      observer,
      source,
      link,
      events: (signal) => argocd.stream(name, signal),
      containerLog: (container) => argocd.containerLog(name, container),
    })
  } finally {
    await ancestry.close()
  }
}

/** The page of the Application; without its namespace Argo CD looks in its own. */
function linkTo({ url, application }: Inputs, namespace: string | undefined): string {
  const path = namespace === undefined || namespace === '' ? application : `${namespace}/${application}`
  return `${url.replace(/\/+$/, '')}/applications/${path}`
}

async function connect(inputs: Inputs, world: ActionWorld): Promise<Argocd> {
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  const http = createHttp(world, {
    caCert,
    headers: Object.fromEntries(inputs.extraHeaders),
    requestTimeout: inputs.requestTimeout,
    deadline: world.now() + inputs.timeout,
    trustedOrigins: [inputs.url],
  })
  return createArgocd(http, { url: inputs.url, token: inputs.token })
}
