import { type Application, isSameRepository, type SelectedSource, selectSources } from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import type { Inputs } from './inputs.ts'

type Asked = Pick<Inputs, 'application' | 'repository' | 'branch'>

/**
 * The source that the commit belongs to. Of several of one repository it is the one that
 * follows the branch: others may be pinned to a tag, and never come to the commit.
 * @throws Failure `config` where this commit can never become live, or the inputs leave open of which source it is
 */
export function sourceOf(
  application: Application,
  { application: name, repository, branch }: Asked,
): SelectedSource {
  const refuse = (what: string, seen: string, next: string) =>
    new Failure({ kind: 'config', code: 'ARGOCD_SOURCE', what, on: `Application ${name}`, seen, next })
  if (application.spec.sourceHydrator !== undefined)
    throw refuse(
      'Cannot wait for a commit of this Application',
      'it has a sourceHydrator: Argo CD writes its manifests to another branch, which this version cannot follow yet',
      'Look whether the Application is healthy in another way, such as `argocd app wait --hydrated --health`',
    )
  const sources = selectSources(application, repository)
  const [source] = sources
  if (source === undefined)
    throw refuse(
      'The Application deploys from another repository',
      repository === undefined ? 'it has no Git source' : `none of its Git sources is ${repository}`,
      'Check the inputs `application` and `repository`: this commit can never become live there',
    )
  const others = sources.filter((other) => !isSameRepository(other.source.repoURL, source.source.repoURL))
  if (others.length === 0) return sources.find((one) => follows(one, branch)) ?? source
  throw refuse(
    'Which source of the Application the commit belongs to is not said',
    `it deploys from ${[source, ...others].map((one) => one.source.repoURL).join(' and ')}`,
    'Give the input `repository`',
  )
}

/** Whether commits on the branch come to the source; HEAD and '' stand for the default branch, whatever that is. */
export function follows({ source: { targetRevision } }: SelectedSource, branch: string): boolean {
  return ['', 'HEAD', branch, `refs/heads/${branch}`].includes(targetRevision)
}
