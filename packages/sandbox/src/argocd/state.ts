import type { JsonObject } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import type { KubernetesState } from '../kubernetes/state.ts'
import type { Health } from './health.ts'

export interface Session {
  readonly username: string
  /** Milliseconds since the epoch; undefined: never. */
  readonly expiresAt?: number
}

export type Action = 'get' | 'sync' | 'override' | 'delete' | 'logs'

/** Forbids what it matches; a field that is left out matches everything. */
export interface PolicyRule {
  readonly user?: string
  readonly action?: Action
  readonly project?: string
  readonly application?: string
}

/** `active` stands in for the schedule: a test opens and closes windows by hand. */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny'
  readonly schedule: string
  readonly duration: string
  readonly applications: readonly string[]
  readonly manualSync: boolean
  active: boolean
}

/** How a hook ends; `message` stands in the sync result. */
export interface HookOutcome {
  readonly phase: 'Succeeded' | 'Failed'
  readonly message: string
}

/** A managed resource as the last comparison saw it: what the server keeps in Redis. */
export interface ManagedResource {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly target: JsonObject | undefined
  readonly live: KubeObject | undefined
  readonly predicted: JsonObject | undefined
  readonly status: 'Synced' | 'OutOfSync'
  readonly requiresPruning: boolean
  readonly hook: boolean
  readonly health: Health | undefined
}

/** How Argo CD's Dex is configured, and how it checks a token of GitHub's. */
export interface Dex {
  /** `oauth2.grantTypes` has the token exchange. */
  tokenExchange: boolean
  readonly connectors: { readonly id: string; readonly issuer: string }[]
  /** What GitHub's discovery document says. */
  readonly issuer: string
  /** The claims of a token whose signature is good. */
  readonly verify: (token: string) => JsonObject | undefined
  /** Signs what Dex issues. */
  readonly key: string
}

/** `oidc.config`: an external provider, whose tokens are taken as they are. */
export interface ExternalOidc {
  readonly issuer: string
  readonly allowedAudiences: readonly string[]
  readonly verify: (token: string) => JsonObject | undefined
}

export interface ArgocdState {
  readonly kubernetes: KubernetesState
  /** Namespace of the control plane. */
  readonly namespace: string
  version: string
  /** username -> password */
  readonly accounts: Map<string, string>
  /** Bearer token -> session */
  readonly tokens: Map<string, Session>
  readonly deny: PolicyRule[]
  /** Lines of policy.csv; undefined: everybody may do what `deny` does not forbid. */
  policy: readonly string[] | undefined
  /** Undefined: no Dex is configured. */
  dex: Dex | undefined
  /** Undefined: there is no external provider. */
  oidc: ExternalOidc | undefined
  /** Wrong logins in a row, by account, and when the last one was. */
  readonly loginFailures: Map<string, { readonly count: number; readonly at: number }>
  readonly syncWindows: SyncWindow[]
  /** Name of a hook -> how it ends; a hook that is not named fails, for nothing has run it. */
  readonly hooks: Map<string, HookOutcome>
  /** `oci://host/name:tag` -> the digest that the tag stands for. */
  readonly artifacts: Map<string, string>
  /** A message refuses the object as an admission webhook does. */
  admit: (object: JsonObject) => string | undefined
  /** So many refresh requests are answered without a comparison (argo-cd#28603). */
  loseRefreshes: number
  /** So many refresh requests keep their annotation for ever (argo-cd#21613). */
  hangRefreshes: number
  /** Auto-sync does not run although it should (argo-cd#27875, #21902). */
  autoSyncStuck: boolean
  /** The revision moves, the manifests are those of before until a hard refresh (argo-cd#27727). */
  keepManifests: boolean
  /** `added-only`: nothing follows the first events (argo-cd#24750). `silent`: not even those. */
  stream: 'normal' | 'added-only' | 'silent'
  /** Application `namespace/name` -> its resources at the last comparison. */
  readonly managed: Map<string, readonly ManagedResource[]>
}

/** An Argo CD with the account `admin` / `sandbox-password` and the token `argocd-token`. */
export function createArgocdState(kubernetes: KubernetesState, namespace = 'argocd'): ArgocdState {
  return {
    kubernetes,
    namespace,
    version: 'v3.5.1+8a5e0c2',
    accounts: new Map([['admin', 'sandbox-password']]),
    tokens: new Map([['argocd-token', { username: 'ci' }]]),
    deny: [],
    policy: undefined,
    dex: undefined,
    oidc: undefined,
    loginFailures: new Map(),
    syncWindows: [],
    hooks: new Map(),
    artifacts: new Map(),
    admit: () => undefined,
    loseRefreshes: 0,
    hangRefreshes: 0,
    autoSyncStuck: false,
    keepManifests: false,
    stream: 'normal',
    managed: new Map(),
  }
}

/** Windows that are assigned to an application; `*` at the end of a name stands for anything. */
export function windowsOf(state: ArgocdState, application: string): SyncWindow[] {
  return state.syncWindows.filter((window) =>
    window.applications.some((name) =>
      name.endsWith('*') ? application.startsWith(name.slice(0, -1)) : name === application,
    ),
  )
}

/** Argo CD's rule (pkg/apis/application/v1alpha1/types.go SyncWindows.CanSync): an active deny or no active allow blocks. */
export function canSync(windows: readonly SyncWindow[], manual: boolean): boolean {
  const denies = windows.filter((window) => window.kind === 'deny' && window.active)
  if (denies.length > 0) return manual && denies.every((window) => window.manualSync)
  const allows = windows.filter((window) => window.kind === 'allow')
  if (allows.length === 0 || allows.some((window) => window.active)) return true
  return manual && allows.every((window) => window.manualSync)
}
