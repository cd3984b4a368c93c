import {
  type Application,
  isCommit,
  isSameRepository,
  type SelectedSource,
  selectPackages,
  selectSources,
} from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import type { InputsOfOne } from '../inputs.ts'
import { COMMIT_WANTED } from '../revision.ts'

type Asked = Pick<InputsOfOne, 'application' | 'repository' | 'branch' | 'revision'>

/**
 * The source that the revision belongs to: a commit to one in Git, a version or a digest to a chart or an artifact. Of
 * several of one repository it is the one that follows the branch: others may be pinned to a tag, and never come to the
 * commit.
 * @throws Failure `config` where this revision can never become live, or the inputs leave open of which source it is
 */
export function sourceOf(application: Application, asked: Asked): SelectedSource {
  const { revision } = asked
  return revision === undefined || isCommit(revision)
    ? gitSourceOf(application, asked)
    : packageOf(application, asked, revision)
}

function gitSourceOf(application: Application, asked: Asked): SelectedSource {
  const { repository, branch } = asked
  const sources = selectSources(application, repository)
  const [source] = sources
  if (source === undefined)
    throw refuse(asked, {
      what: 'The Application deploys from another repository',
      seen: repository === undefined ? 'it has no Git source' : `none of its Git sources is ${repository}`,
      next: 'Check the inputs `application` and `repository`: this commit can never become live there',
    })
  const others = sources.filter((other) => !isSameRepository(other.source.repoURL, source.source.repoURL))
  if (others.length === 0) return sources.find((one) => follows(one, branch)) ?? source
  throw leftOpen(asked, [source, ...others])
}

function packageOf(application: Application, asked: Asked, revision: string): SelectedSource {
  const packages = selectPackages(application, asked.repository)
  const [first, ...others] = packages
  if (first === undefined)
    throw refuse(asked, {
      what: 'The revision is no commit',
      seen: `revision: got ${JSON.stringify(revision)}, and ${asked.repository === undefined ? 'the Application has no source that is a chart or an artifact' : `no chart and no artifact of the Application is from ${asked.repository}`}`,
      next: `Give ${COMMIT_WANTED}`,
    })
  if (others.length === 0) return first
  const named = packages.filter(({ source }) => source.targetRevision === revision)
  const [one] = named
  if (one !== undefined && named.length === 1) return one
  throw leftOpen(asked, packages)
}

function leftOpen(asked: Asked, sources: readonly SelectedSource[]): Failure {
  const urls = sources.map(({ source }) => [source.repoURL, source.chart].filter(Boolean).join(' '))
  return refuse(asked, {
    what: 'Which source of the Application the revision belongs to is not said',
    seen: `it deploys from ${urls.join(' and ')}`,
    next: 'Give the input `repository`',
  })
}

function refuse(
  { application }: Asked,
  parts: { readonly what: string; readonly seen: string; readonly next: string },
): Failure {
  return new Failure({ kind: 'config', code: 'ARGOCD_SOURCE', on: `Application ${application}`, ...parts })
}

/** Whether commits on the branch come to the source; HEAD and '' stand for the default branch, whatever that is. */
export function follows({ source: { targetRevision } }: SelectedSource, branch: string): boolean {
  return ['', 'HEAD', branch, `refs/heads/${branch}`].includes(targetRevision)
}
