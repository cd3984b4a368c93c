import { type Application, type Argocd, allSources, type SelectedSource } from '@mlops-actions/argocd'
import type { ActionWorld } from '@mlops-actions/runner'
import { ANY_REVISION, type Ancestry, createAncestry } from '../history/ancestry.ts'
import { sourceOf } from '../history/source.ts'
import type { Inputs, WaitInputs } from '../inputs.ts'
import { createSubject } from '../look/subject.ts'
import { createFrugal } from './frugal.ts'
import { createMember, type Eyes, type Member } from './member.ts'
import { nameOf } from './select.ts'

/** Makes the members of a fleet; what they share, such as a clone of the repository, they share. */
export interface Crew {
  /** One that has to come to the commit. @throws Failure `config` where it never can */
  ofCommit(application: Application, parent?: string): Member
  /** One of another repository, which has to be synced and healthy at whatever it is at. */
  ofItself(application: Application, parent?: string): Member
  close(): Promise<void>
}

export type FleetInputs = Inputs & { readonly revision: string }

export function createCrew(inputs: FleetInputs, world: ActionWorld, argocd: Argocd): Crew {
  const ancestries = new Map<string, Ancestry>()
  const ancestryOf = (given: WaitInputs, selected: SelectedSource) => {
    const { repoURL, targetRevision } = selected.source
    const key = [selected.kind, repoURL, targetRevision].join(' ')
    const ancestry = ancestries.get(key) ?? createAncestry(given, world, selected)
    ancestries.set(key, ancestry)
    return ancestry
  }
  const member = (application: Application, parent: string | undefined, aim: (now: Application) => Aim) => {
    const name = nameOf(application, inputs)
    const makeEyes = (now: Application): Eyes => {
      const { inputs: given, source, ancestry } = aim(now)
      const revision = ancestry === ANY_REVISION ? undefined : given.revision
      const frugal = createFrugal(world, argocd)
      const subject = createSubject(given, world, { argocd: frugal.argocd, name, source, ancestry })
      return { uid: now.metadata.uid, source, revision, subject, saw: frugal.saw }
    }
    return createMember(application, {
      name,
      link: linkTo(inputs.url, application.metadata),
      parent,
      makeEyes,
    })
  }
  return {
    ofCommit: (application, parent) =>
      member(application, parent, (now) => {
        const given = { ...inputs, application: now.metadata.name }
        const source = sourceOf(now, given)
        return { inputs: given, source, ancestry: ancestryOf(given, source) }
      }),
    ofItself: (application, parent) => member(application, parent, (now) => aimAtItself(now, inputs)),
    close: async () => {
      await Promise.all([...ancestries.values()].map((ancestry) => ancestry.close()))
    },
  }
}

/** Which commit of which source is waited for, and who tells how others relate to it. */
interface Aim {
  readonly inputs: WaitInputs
  readonly source: SelectedSource
  readonly ancestry: Ancestry
}

/** What it follows now: who made it may just have moved the version of its chart. */
function aimAtItself(application: Application, inputs: FleetInputs): Aim {
  const [first] = allSources(application)
  const nowhere = { repoURL: '', targetRevision: '', path: '' }
  const source: SelectedSource = first ?? { source: nowhere, index: undefined, kind: 'git' }
  const revision = source.source.targetRevision
  return {
    inputs: { ...inputs, application: application.metadata.name, revision },
    source,
    ancestry: ANY_REVISION,
  }
}

/** The page of the Application, '' where nobody knows it; without its namespace Argo CD looks in its own. */
export function linkTo(
  url: string | undefined,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): string {
  if (url === undefined) return ''
  return `${url.replace(/\/+$/, '')}/applications/${namespace === '' ? name : `${namespace}/${name}`}`
}
