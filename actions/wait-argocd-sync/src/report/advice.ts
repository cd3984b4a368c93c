import type { Waiting } from '@mlops-actions/argocd'
import type { Member } from '../fleet/member.ts'

const LOOK_AT_FOLLOWED =
  'Check that the Application follows the branch of this commit (targetRevision), and that Argo CD can read the repository'
const LOOK_AT_CONTROLLER =
  'Look at the conditions of the Application, then at the log of argocd-application-controller'
const LONGER = 'Raise `timeout`: everything was good, and had not been so for long enough'

/** What a wait was in vain for decides what to look at; the loop itself cannot know. */
const ADVICE: Readonly<Record<Waiting, string>> = {
  'not-compared': LOOK_AT_CONTROLLER,
  'comparison-failed': LOOK_AT_CONTROLLER,
  'not-judged': LOOK_AT_CONTROLLER,
  older: `${LOOK_AT_FOLLOWED}: it has seen no newer commit`,
  'not-followed':
    'Set targetRevision of the Application to what this revision is on, or look at why the Application that makes it has not moved it yet',
  diverged: 'Check `branch` and targetRevision of the Application, and whether the branch was force-pushed',
  proposed: 'Merge the pull request, and wait for the commit that the merge makes',
  'relation-unknown':
    'Give `repository` (and `repository-token` where it is private), so that a newer commit that contains this one counts; and check that the Application follows the branch of this commit',
  hydrating:
    'Look at the status of the source hydrator in Argo CD, at its right to write to the repository, and at what brings the manifests to the branch that is synced',
  syncing:
    'Look in Argo CD at what the sync waits for: a hook, or a resource of an earlier wave that does not become healthy',
  'earlier-sync':
    'Terminate that sync in Argo CD: as long as an earlier commit is tried again, no newer one is synced',
  'out-of-sync':
    'Press Sync in Argo CD, or set `sync: if-needed`: automated sync can miss a commit that came while an earlier one was being synced (argo-cd #27875)',
  turn: 'Raise `timeout`, or look at the steps before it in the ApplicationSet: it syncs one step when the one before is healthy',
  health: 'Look at the resource that Argo CD calls unwell; the summary has the way down to it',
  suspended: 'Resume what is paused or stopped; where that is on purpose, set `accept-suspended: true`',
  unfinished: 'Look at the events of what is named here, or raise `timeout` where it only takes long',
  'pod-init': 'Raise `timeout`, or look at the log of that init container: it has not done its work yet',
  'pod-waits':
    'Read the last warnings of the pod with `kubectl describe pod`: a volume, a Secret or the network keeps its container from being made',
  'pod-runs':
    'Look at the readiness probe and at the log of the server: it has started, and does not say that it is ready',
  behind:
    'Look at the events of the InferenceService, then at the log of kserve-controller-manager: KServe has not acted on it; an annotation serving.kserve.io/disable-auto-update keeps it from that, too',
  rollout:
    'Look at the events of that Deployment: a quota, a node or an old pod that does not go holds it up; or raise `timeout` where it only takes long',
  expected:
    'Check that the manifests of this commit name the expected version, and that the input spells it as they do',
  'other-version':
    'Look at why the pod of the version before stays: a PodDisruptionBudget, a finalizer, or a node that is lost',
  confirming: LOOK_AT_CONTROLLER,
  settling: LONGER,
}

/** What to do about a wait for this Application that was in vain; undefined where nothing was seen of it. */
export function adviceFor({ eyes, missingSince }: Pick<Member, 'eyes' | 'missingSince'>): string | undefined {
  const { verdict, troubles } = eyes.subject.judge
  if (missingSince !== undefined)
    return 'Look at what deleted the Application: its ApplicationSet, the Application that made it, or somebody by hand'
  if (verdict?.status !== 'pending') return undefined
  if (troubles.some(({ trouble }) => trouble.code === 'unschedulable'))
    return 'Add nodes, or lower the requests or the affinity of the new pod: no node takes it'
  return ADVICE[verdict.cause]
}
