/** What a wait was in vain for decides what to look at; the loop itself cannot know. */
const ADVICE: readonly (readonly [reason: RegExp, next: string])[] = [
  [/Unschedulable/, 'Add nodes, or lower the requests or the affinity of the new pod: no node takes it'],
  [
    / asks for \S+, its Deployment \S+ still has /,
    'Look at the events of the InferenceService, then at the log of kserve-controller-manager: KServe has not acted on it; an annotation serving.kserve.io/disable-auto-update keeps it from that, too',
  ],
  [
    / is in its init container \S+$/,
    'Raise timeout, or look at the log of that init container: it has not done its work yet',
  ],
  [
    / waits: \w+$/,
    'Read the last warnings of the pod with `kubectl describe pod`: a volume, a Secret or the network keeps its container from being made',
  ],
  [
    / runs, and is not ready$/,
    'Look at the readiness probe and at the log of the server: it has started, and does not say that it is ready',
  ],
  [
    /^Argo CD is at .* is not known$/,
    'Give `repository` (and `repository-token` where it is private), so that a newer commit that contains this one counts; and check that the Application follows the branch of this commit',
  ],
  [
    /^Argo CD is at /,
    'Check that the Application follows the branch of this commit (targetRevision), and that Argo CD can read the repository: it has seen no newer commit',
  ],
  [
    /^Argo CD (has not compared|could not compare)/,
    'Look at the conditions of the Application, then at the log of argocd-application-controller',
  ],
  [
    /its ApplicationSet \S+ has not come to it yet/,
    'Raise timeout, or look at the steps before it in the ApplicationSet: it syncs one step when the one before is healthy',
  ],
  [/sync window/, 'Run this step again when the window lets it sync, or sync by hand in Argo CD'],
  [
    /has not begun to sync/,
    'Press Sync in Argo CD: automated sync can miss a commit that came while an earlier one was being synced (argo-cd #27875)',
  ],
  [
    /^the sync of an earlier commit/,
    'Terminate that sync in Argo CD: as long as an earlier commit is tried again, no newer one is synced',
  ],
  [
    /^(syncing|the sync)/,
    'Look in Argo CD at what the sync waits for: a hook, or a resource of an earlier wave that does not become healthy',
  ],
  [
    /health Suspended/,
    'Resume what is paused or stopped; where that is on purpose, set accept-suspended: true',
  ],
  [
    / still has the image /,
    'Look at why the pod of the version before stays: a PodDisruptionBudget, a finalizer, or a node that is lost',
  ],
  [
    /source hydrator/,
    'Look at the status of the source hydrator in Argo CD, and at its right to write to the repository',
  ],
]

/** What to do about a wait that was in vain for this reason; undefined where nothing special is known. */
export function adviceFor(reason: string): string | undefined {
  return ADVICE.find(([pattern]) => pattern.test(reason))?.[1]
}
