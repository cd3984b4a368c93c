import { addNamespaces } from './namespaces.ts'
import { createObjectStore, type ObjectStore } from './store.ts'

/** Who sends a request, as RBAC and messages name them. */
export interface User {
  readonly username: string
  readonly groups: readonly string[]
  /** What the user may do, as a Role says it; default: everything. */
  readonly rules?: readonly RbacRule[]
}

/** A rule of a Role, in the words of RBAC: what stands in a README can be pasted here. `*` stands for anything. */
export interface RbacRule {
  readonly apiGroups: readonly string[]
  /** Plural with subresource: `pods`, `pods/log`. */
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly resourceNames?: readonly string[]
  /** Where the Role is; default: everywhere, as a ClusterRole. */
  readonly namespace?: string
}

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete'

/** Forbids what it matches; a field that is left out matches everything. */
export interface DenyRule {
  readonly user?: string
  readonly verb?: Verb
  readonly group?: string
  /** Plural with subresource: `pods`, `pods/log`, `services/proxy`. */
  readonly resource?: string
  readonly namespace?: string
}

export interface LogLine {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly text: string
}

/** What one container has printed: this life and the one before it. */
export interface ContainerLog {
  readonly current: readonly LogLine[]
  readonly previous: readonly LogLine[] | undefined
}

export interface KubernetesState {
  readonly store: ObjectStore
  /** Bearer token to user. Empty: no token is accepted. */
  readonly tokens: Map<string, User>
  /** Asked for a token that `tokens` does not hold (EKS tokens, which are made anew for each request). */
  authenticate: (token: string) => User | undefined
  /** Whatever a user's own rules say, what matches here is denied. */
  readonly deny: DenyRule[]
  /** API groups whose definitions are not installed. */
  readonly absentGroups: Set<string>
  /** Key `namespace/pod/container`; written by whoever runs the pods. */
  readonly logs: Map<string, ContainerLog>
  /** Key `namespace/pod`: base URL on loopback of the pod's server; `namespace/pod:port`: of one port of the pod. */
  readonly podUrls: Map<string, string>
  version: { readonly major: string; readonly minor: string; readonly gitVersion: string }
}

/** A cluster with nothing but its built-in namespaces, with one administrator whose token is `admin-token`. */
export function createKubernetesState(options: { now?: () => number } = {}): KubernetesState {
  const store = createObjectStore(options)
  addNamespaces(store)
  return {
    store,
    tokens: new Map([['admin-token', { username: 'admin', groups: ['system:masters'] }]]),
    authenticate: () => undefined,
    deny: [],
    absentGroups: new Set(),
    logs: new Map(),
    podUrls: new Map(),
    version: { major: '1', minor: '33', gitVersion: 'v1.33.4-eks-sandbox' },
  }
}
