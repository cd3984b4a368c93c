import {
  type Application,
  type Blocking,
  isCommit,
  isRange,
  type SelectedSource,
  selectSources,
  syncsByItself,
  type Turn,
} from '@mlops-actions/argocd'
import { escapeMarkdown, Failure, inlineCode } from '@mlops-actions/diagnostics'
import type { ActionResult } from '@mlops-actions/runner'
import { follows, sourceOf } from './history/source.ts'
import type { Inputs, InputsOfOne } from './inputs.ts'

/** What Argo CD says of the Application now. */
export interface Checked {
  readonly application: Application
  readonly blocking: Blocking
  /** Of the ApplicationSet that syncs it step by step, where one does. */
  readonly turn: Turn | undefined
  readonly link: string
}

type Asked = Pick<InputsOfOne, 'application' | 'repository' | 'branch' | 'revision' | 'sync'>

/**
 * Whether a commit on the branch would be synced now, by Argo CD itself or by the wait that `sync` stands for, said before
 * there is one. Pure.
 * @throws Failure `config` | `policy` for the first of them where no commit of this branch would become live
 */
export function checkApplications(all: readonly Checked[], asked: Inputs): ActionResult {
  for (const checked of all)
    assertReady(checked, { ...asked, application: checked.application.metadata.name })
  const [first] = all
  const status = first?.application.status
  const items = all.map(({ application, link }) => {
    const { sync, health } = application.status
    const seen = { 'sync-status': sync.status, 'health-status': health.status }
    return { name: application.metadata.name, result: 'ready', ...seen, url: link }
  })
  return {
    outputs: {
      result: 'ready',
      'sync-status': status?.sync.status ?? '',
      'health-status': status?.health.status ?? '',
      url: first?.link ?? '',
      applications: { total: all.length, counts: { ready: all.length }, items },
    },
    summary: all.map((checked) => readyLine(checked, asked)).join('\n'),
  }
}

function readyLine({ application, turn, link }: Checked, { branch, revision, sync }: Inputs): string {
  const what =
    revision === undefined || isCommit(revision) ? `commits of ${inlineCode(branch)}` : inlineCode(revision)
  const name = escapeMarkdown(application.metadata.name)
  const bySelf = turn !== undefined || syncsByItself(application)
  const verdict = bySelf
    ? `syncs ${what} by itself`
    : `takes ${what} from a sync that the wait starts (\`sync: ${sync}\`)`
  return `## ✅ ${name} ${verdict}\n${link === '' ? '' : `\n[Application](${link})\n`}`
}

function assertReady({ application, blocking, turn }: Checked, asked: Asked): void {
  const source = sourceOf(application, asked)
  if (source.kind === 'helm' || source.kind === 'oci') assertTakes(source, asked)
  else assertFollows(application, asked)
  if (turn === undefined) assertIsSynced(application, asked)
  if (blocking !== undefined) throw closedWindow(blocking, asked)
}

/** A tag or a commit never moves. */
function assertFollows(application: Application, { application: name, repository, branch }: Asked): void {
  const sources = selectSources(application, repository)
  if (sources.some((source) => follows(source, branch))) return
  const followed = sources.map(({ source }) => source.targetRevision)
  throw new Failure({
    kind: 'config',
    code: 'ARGOCD_BRANCH',
    what: 'The Application does not follow the branch',
    on: `Application ${name}`,
    seen: `it follows ${followed.join(' and ')}, not ${branch}`,
    next: 'Check the inputs `application` and `branch`, and targetRevision of the Application',
  })
}

/** A chart or an artifact is followed by its version: the wanted one, a range, or whatever is the newest. */
function assertTakes(
  { source: { targetRevision } }: SelectedSource,
  { application: name, revision }: Asked,
): void {
  if (targetRevision === '' || targetRevision === revision || isRange(targetRevision)) return
  throw new Failure({
    kind: 'config',
    code: 'ARGOCD_BRANCH',
    what: 'The Application does not follow the revision',
    on: `Application ${name}`,
    seen: `its targetRevision is ${targetRevision}, not ${revision}`,
    next: 'Check the inputs `application` and `revision`, and targetRevision of the Application',
  })
}

function assertIsSynced(application: Application, { application: name, sync }: Asked): void {
  if (sync !== 'never' || syncsByItself(application)) return
  throw new Failure({
    kind: 'policy',
    code: 'ARGOCD_AUTO_SYNC_OFF',
    what: 'The Application does not sync by itself',
    on: `Application ${name}`,
    seen: 'automated sync is off: a commit would wait for somebody to sync it by hand',
    next: 'Switch automated sync on (syncPolicy.automated), or have the wait sync it: `sync: if-needed` there and here',
  })
}

function closedWindow(
  { kind, schedule, duration }: NonNullable<Blocking>,
  { application: name }: Asked,
): Failure {
  return new Failure({
    kind: 'policy',
    code: 'ARGOCD_WINDOW',
    what: 'The Application may not sync now',
    on: `Application ${name}`,
    seen: `a sync window keeps it from syncing (${kind} ${schedule}, ${duration})`,
    next: 'Run this step again when the window lets it sync',
    retryable: true,
  })
}
