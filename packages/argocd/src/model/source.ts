import type { Application, ApplicationSource } from './application.wire.ts'

/** Which of an Application's sources a commit belongs to; `index` is undefined for the single `spec.source`. */
export interface SelectedSource {
  readonly source: ApplicationSource
  readonly index: number | undefined
}

/** The sources whose repository is this one; all Git sources when no repository is given. */
export function selectSources(application: Application, repository: string | undefined): SelectedSource[] {
  const { source, sources } = application.spec
  const all: SelectedSource[] =
    sources.length > 0
      ? sources.map((item, index) => ({ source: item, index }))
      : source === undefined
        ? []
        : [{ source, index: undefined }]
  return all.filter(
    (item) =>
      item.source.chart === undefined &&
      !item.source.repoURL.startsWith('oci://') &&
      (repository === undefined || isSameRepository(item.source.repoURL, repository)),
  )
}

/** The revision that Argo CD last compared with, for that source. */
export function revisionOf(
  { revision, revisions }: { revision: string; revisions: readonly string[] },
  { index }: SelectedSource,
): string {
  return index === undefined ? revision : (revisions[index] ?? '')
}

/** Whether two spellings name one repository: scheme, user, `.git`, letter case and a trailing slash do not count. */
export function isSameRepository(a: string, b: string): boolean {
  const left = normalize(a)
  const right = normalize(b)
  return left === right || left.endsWith(`/${right}`) || right.endsWith(`/${left}`)
}

/** `https://u@Git.example/Org/Repo.git`, `git@git.example:org/repo` -> `git.example/org/repo`; `Org/Repo` -> `org/repo` */
function normalize(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]+@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}

/** A full commit id. On a manifest error `status.sync.revision` may be a branch name (argo-cd #29575). */
export function isCommit(revision: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)
}
