import {
  type Application,
  allSources,
  type ChildName,
  childrenNamed,
  isDeleting,
  isSameRepository,
} from '@mlops-actions/argocd'
import type { Inputs } from '../inputs.ts'

/** What becomes of the Applications that an Application has made. */
export interface ChildrenPlan {
  /** They have to come to the commit. */
  readonly ofCommit: readonly Application[]
  /** They deploy from elsewhere: they have to be synced and healthy at whatever they are at. */
  readonly ofThemselves: readonly Application[]
  /** Not in the list: not there yet, or hidden. */
  readonly unseen: readonly ChildName[]
  /** In words, each that nobody waits for. */
  readonly skipped: readonly string[]
}

/** Which children of an Application are waited for. Pure. */
export function planChildren(
  parent: Application,
  listed: readonly Application[],
  { children, repository }: Pick<Inputs, 'children' | 'repository'>,
): ChildrenPlan {
  const ofCommit: Application[] = []
  const ofThemselves: Application[] = []
  const unseen: ChildName[] = []
  const skipped: string[] = []
  const repositories =
    repository === undefined ? allSources(parent).map(({ source }) => source.repoURL) : [repository]
  for (const child of children === 'none' ? [] : childrenNamed(parent)) {
    const found = listed.find((one) => isNamed(one, child, parent))
    if (found === undefined) unseen.push(child)
    else if (isDeleting(found)) skipped.push(`${child.name} is being deleted`)
    else if (isFrom(found, repositories)) ofCommit.push(found)
    else if (children === 'all') ofThemselves.push(found)
    else skipped.push(`${child.name} deploys from another repository`)
  }
  return { ofCommit, ofThemselves, unseen, skipped }
}

/** A child without a namespace stands where its parent does. */
function isNamed({ metadata }: Application, { namespace, name }: ChildName, parent: Application): boolean {
  return metadata.name === name && metadata.namespace === (namespace || parent.metadata.namespace)
}

function isFrom(application: Application, repositories: readonly string[]): boolean {
  return allSources(application).some(({ source: { repoURL } }) =>
    repositories.some((one) => isSameRepository(repoURL, one)),
  )
}
