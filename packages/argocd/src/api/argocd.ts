import type { Check } from '@mlops-actions/http'
import type { KubernetesEvent } from '@mlops-actions/kubernetes/pods'
import type { Application } from '../model/application.wire.ts'
import type { ApplicationSet, Blocking, ResourceTree, TreeNode } from '../model/resource.wire.ts'

export interface ApplicationName {
  readonly name: string
  /** Argo CD project; given, a missing Application answers 404 instead of the 403 that hides it. */
  readonly project?: string | undefined
  /** Namespace of the Application resource, for Applications in any namespace. */
  readonly appNamespace?: string | undefined
}

/** Which Applications are meant; what is left out leaves nothing out. */
export interface ApplicationQuery {
  readonly name?: string | undefined
  /** A label selector of Kubernetes. It also finds Applications that are being deleted (argo-cd #15830). */
  readonly selector?: string | undefined
  readonly project?: string | undefined
  readonly appNamespace?: string | undefined
}

export interface ContainerName {
  readonly pod: string
  readonly namespace: string
  readonly container: string
}

export interface RefreshOptions {
  /** Whether the manifests are made anew, too, instead of taken from the cache. */
  readonly hard?: boolean
}

/** What a sync does beside bringing the cluster to the revision that the Application follows. */
export interface SyncOptions {
  /** Deletes what Git no longer has. */
  readonly prune: boolean
}

/** What Git says of a commit. */
export interface CommitInfo {
  readonly author: string
  /** RFC 3339. */
  readonly date: string
  /** Its first line is the subject. */
  readonly message: string
}

/**
 * What Argo CD can be asked and told, by whichever way it is reached: its own API server (`createArgocd`), or the
 * Kubernetes API that its resources live in.
 */
export interface Argocd {
  /** `v3.5.1+…`; needs no login, so it tells Argo CD from a login page before anything else is asked. */
  version(): Promise<string>
  get(application: ApplicationName): Promise<Application>
  /** Those that the login may see: one request for any number. */
  list(query: ApplicationQuery): Promise<readonly Application[]>
  /** Has the controller compare with Git anew, and returns the Application afterwards. Can hang upstream (argo-cd #21613): 30 s. */
  refresh(application: ApplicationName, options?: RefreshOptions): Promise<Application>
  tree(application: ApplicationName): Promise<ResourceTree>
  /** An object of the tree as it is in the cluster now; undefined where it is gone. Needs no right in the cluster. */
  resource<T>(application: ApplicationName, node: TreeNode, check: Check<T>): Promise<T | undefined>
  /** What the cluster noted about an object of the tree, or about the Application where none is given. */
  events(application: ApplicationName, node?: TreeNode): Promise<readonly KubernetesEvent[]>
  /** The window that keeps Argo CD from syncing by itself now. It leaves no trace in the Application's status. */
  blockingWindow(application: ApplicationName): Promise<Blocking>
  /** What Git says of a commit of the Application's first source; absent where Argo CD is reached without its repo server. */
  commit?(application: ApplicationName, revision: string): Promise<CommitInfo>
  /** Needs `applicationsets, get`. */
  applicationSet(name: string, namespace: string): Promise<ApplicationSet>
  /** The last lines that a container wrote before it ended; needs `logs, get`. */
  containerLog(application: ApplicationName, container: ContainerName): Promise<string>
  /** States as the server pushes them. Ends when the server closes it. */
  stream(query: ApplicationQuery, signal: AbortSignal): AsyncIterable<Application>
  /**
   * Begins a sync to the revision that the Application follows; needs `applications, sync`. No revision is sent: with
   * automated sync any other than targetRevision is refused.
   * @throws Failure `conflict` while another operation runs, `policy` where a sync window is closed
   */
  sync(application: ApplicationName, options: SyncOptions): Promise<void>
}
