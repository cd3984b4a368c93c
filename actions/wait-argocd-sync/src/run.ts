import { type Argocd, readTurn } from '@mlops-actions/argocd'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { formatCount } from '@mlops-actions/text'
import { connect } from './access/connect.ts'
import { type Checked, checkApplications } from './check.ts'
import { linkTo } from './fleet/crew.ts'
import { nameOf, selectApplications } from './fleet/select.ts'
import type { Inputs } from './inputs.ts'
import { observeOnce } from './observe-once.ts'
import { waitUntilLive } from './watch.ts'

/** Connects, and waits until the commit is live in all Applications or cannot become so; or only looks, or checks. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const argocd = await connect(inputs, world)
  const [name] = inputs.application
  if (name !== undefined)
    world.output('url', linkTo(inputs.url, { name, namespace: inputs.appNamespace ?? '' }))
  world.log.info(`Argo CD ${await argocd.version()}, ${describe(inputs)}`)
  const { mode, revision, dryRun } = inputs
  if (mode === 'check') return check(inputs, argocd)
  if (mode === 'observe' || dryRun || revision === undefined) return observeOnce(inputs, world, argocd)
  return waitUntilLive({ ...inputs, revision }, world, argocd)
}

async function check(inputs: Inputs, argocd: Argocd): Promise<ActionResult> {
  const { applications, missing } = await selectApplications(argocd, inputs)
  if (missing !== undefined) throw missing
  const checked = applications.map(async (application): Promise<Checked> => {
    const name = nameOf(application, inputs)
    const turn = await readTurn(argocd, application)
    // As in a wait: that the windows cannot be told is no failure.
    const blocking = await argocd.blockingWindow(name).catch(() => undefined)
    return { application, blocking, turn, link: linkTo(inputs.url, application.metadata) }
  })
  return checkApplications(await Promise.all(checked), inputs)
}

function describe({ application: names, selector, applicationset }: Inputs): string {
  if (selector !== undefined) return `Applications with ${selector}`
  if (applicationset !== undefined) return `Applications of the ApplicationSet ${applicationset}`
  return names.length === 1 ? `Application ${names[0]}` : formatCount(names.length, 'Application')
}
