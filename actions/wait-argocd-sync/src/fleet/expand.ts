import { type Application, type Argocd, type ChildName, childrenNamed } from '@mlops-actions/argocd'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { APPEAR_WITHIN_MS } from './appear.ts'
import { planChildren } from './children.ts'
import type { Crew, FleetInputs } from './crew.ts'
import type { FleetOptions } from './fleet.ts'
import type { Member } from './member.ts'

export interface ExpandOptions {
  readonly argocd: Argocd
  readonly crew: Crew
  readonly inputs: FleetInputs
  /** Takes what the summary is to say: which children nobody waits for. */
  readonly note: (sentence: string) => void
}

/** Finds the children of an app of apps. One that cannot be seen for a minute is a failure: it may be of this commit. */
export function createExpand(
  world: World,
  { argocd, crew, inputs, note }: ExpandOptions,
): FleetOptions['expand'] {
  const since = new Map<Member, number>()
  return async (parent) => {
    if (parent.state === undefined) return undefined
    const plan = planChildren(
      parent.state.application,
      await listAround(argocd, parent.state.application),
      inputs,
    )
    const first = since.get(parent) ?? world.now()
    since.set(parent, first)
    if (plan.unseen.length > 0) {
      if (world.now() - first < APPEAR_WITHIN_MS) return undefined
      throw unseen(parent, plan.unseen)
    }
    const { name } = parent.name
    for (const skipped of plan.skipped) note(`Child of ${name} that was not waited for: ${skipped}`)
    return [
      ...plan.ofCommit.map((child) => crew.ofCommit(child, name)),
      ...plan.ofThemselves.map((child) => crew.ofItself(child, name)),
    ]
  }
}

/** The Applications in the namespaces that the children are in: the Kubernetes API lists no others by itself. */
async function listAround(argocd: Argocd, parent: Application): Promise<readonly Application[]> {
  const places = childrenNamed(parent).map(({ namespace }) => namespace || parent.metadata.namespace)
  const lists = [...new Set(places)].map((appNamespace) => argocd.list({ appNamespace }))
  return (await Promise.all(lists)).flat()
}

function unseen({ name }: Member, children: readonly ChildName[]): Failure {
  const names = children.map((child) => child.name)
  return new Failure({
    kind: 'auth',
    code: 'ARGOCD_CHILDREN_HIDDEN',
    what: 'Children of the Application cannot be seen',
    on: `Application ${name.name}`,
    seen: `it made ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}, and Argo CD lists none of that name for this token`,
    next: 'Grant the token: p, <subject>, applications, get, <project of the child>/*, allow; or set `children: none` to wait for the Application itself alone',
  })
}
