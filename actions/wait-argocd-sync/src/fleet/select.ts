import {
  type Application,
  type ApplicationName,
  type ApplicationQuery,
  type Argocd,
  isDeleting,
  isOwnedBySet,
} from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import { formatCount } from '@mlops-actions/text'
import type { Inputs } from '../inputs.ts'

type Asked = Pick<Inputs, 'application' | 'selector' | 'applicationset' | 'project' | 'appNamespace'>

/** The Applications that the inputs mean, as far as they are there. */
export interface Selection {
  readonly applications: readonly Application[]
  /** Why it cannot go on with these; undefined where it can. */
  readonly missing: Failure | undefined
  /** Names of those that match and are being deleted: nobody waits for them. */
  readonly deleting: readonly string[]
}

/** @throws Failure where Argo CD cannot be asked, or hides an Application */
export async function selectApplications(argocd: Argocd, asked: Asked): Promise<Selection> {
  if (asked.application.length > 0) return byName(argocd, asked)
  const { selector, project, appNamespace, applicationset } = asked
  const found = await argocd.list({ selector, project, appNamespace })
  const matching = found.filter((one) => applicationset === undefined || isOwnedBySet(one, applicationset))
  const applications = matching.filter((one) => !isDeleting(one))
  const deleting = matching.filter(isDeleting).map(({ metadata }) => metadata.name)
  return {
    applications,
    deleting,
    missing: applications.length === 0 ? nothingMatches(asked, deleting) : undefined,
  }
}

/** A name is asked for by itself: Argo CD then says whether it is missing or hidden. */
async function byName(
  argocd: Argocd,
  { application: names, project, appNamespace }: Asked,
): Promise<Selection> {
  const missing: Failure[] = []
  const found = await Promise.all(
    names.map((name) =>
      argocd.get({ name, project, appNamespace }).catch((thrown: unknown) => {
        if (!(thrown instanceof Failure) || thrown.kind !== 'not-found') throw thrown
        missing.push(thrown)
        return undefined
      }),
    ),
  )
  return { applications: found.filter((one) => one !== undefined), deleting: [], missing: missing[0] }
}

function nothingMatches({ selector, applicationset, project }: Asked, deleting: readonly string[]): Failure {
  const by =
    applicationset === undefined ? `the selector ${selector}` : `the ApplicationSet ${applicationset}`
  const others =
    deleting.length === 0
      ? ''
      : `; ${formatCount(deleting.length, 'Application')} that match are being deleted`
  return new Failure({
    kind: 'not-found',
    code: 'ARGOCD_NO_MATCH',
    what: 'No Application is meant',
    on: by,
    seen: `no Application that the token may see matches${project === undefined ? '' : ` in the project ${project}`}${others}`,
    next: `Check ${applicationset === undefined ? '`selector` against the labels of the Applications' : '`applicationset`: Applications name it as their owner'}, and grant the token: p, <subject>, applications, get, ${project ?? '<project>'}/*, allow`,
  })
}

/** How an Application is asked for: as it was named, or, where it was found, as it says itself. */
export function nameOf(
  { metadata, spec }: Application,
  { application: names, project, appNamespace }: Asked,
): ApplicationName {
  const { name, namespace } = metadata
  if (names.includes(name)) return { name, project, appNamespace }
  return { name, project: spec.project || undefined, appNamespace: namespace || undefined }
}

/** One request that brings all of them: by name where it is one, by the project where they have one in common. */
export function queryFor(names: readonly ApplicationName[], selector: string | undefined): ApplicationQuery {
  const [first, ...others] = names
  if (first !== undefined && others.length === 0) return first
  const common = (value: (name: ApplicationName) => string | undefined) =>
    new Set(names.map(value)).size === 1 && first !== undefined ? value(first) : undefined
  return {
    selector,
    project: common(({ project }) => project),
    appNamespace: common(({ appNamespace }) => appNamespace),
  }
}
