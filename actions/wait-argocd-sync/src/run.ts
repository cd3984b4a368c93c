import { type ApplicationName, type Argocd, readTurn, type SelectedSource } from '@mlops-actions/argocd'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { createAncestry } from './ancestry.ts'
import { checkApplication } from './check.ts'
import { connect } from './connect.ts'
import type { Inputs, WaitInputs } from './inputs.ts'
import { sourceOf } from './source.ts'
import { createSubject } from './subject.ts'
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

interface Target {
  readonly argocd: Argocd
  readonly name: ApplicationName
  readonly source: SelectedSource
  readonly link: string
}

async function waitFor(
  inputs: WaitInputs,
  world: ActionWorld,
  { argocd, name, source, link }: Target,
): Promise<ActionResult> {
  const ancestry = createAncestry(inputs, world, source)
  const { judge, observer } = createSubject(inputs, world, { argocd, name, source, ancestry })
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
