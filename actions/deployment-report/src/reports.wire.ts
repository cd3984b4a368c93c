/** A value of the manifest as `bump-kserve-image` found and left it. */
export interface ChangedValue {
  readonly field: string
  /** '' where nothing stood there; undefined where nobody knows. */
  readonly before: string | undefined
  readonly after: string
}

/** What `bump-kserve-image` reports; what a report does not say is undefined or empty. */
export interface BumpReport {
  readonly outcome: string
  readonly fromThisRun: boolean
  readonly branch: string
  readonly commit: string
  readonly commitUrl: string
  readonly values: readonly ChangedValue[]
}

/** What `wait-argocd-sync` reports. */
export interface SyncReport {
  readonly application: string
  /** Why it failed, and what to do. */
  readonly seen: string
  readonly next: string
  readonly waitedSeconds: number | undefined
}

/** What `kserve-health-check` reports. */
export interface HealthReport {
  readonly why: string
  readonly next: string
  readonly pods: number
  readonly restarts: number
  readonly requests: number | undefined
  readonly errors: number
  /** Whether each answer was compared with an expected one. */
  readonly compared: boolean
  readonly p95: number | undefined
  readonly phases: readonly { readonly name: string; readonly startedMs: number; readonly ms: number }[]
}

/** @param json the report of the step; anything else gives an empty one */
export function readBumpReport(json: unknown): BumpReport {
  return {
    outcome: textAt(json, 'outcome'),
    fromThisRun: at(json, 'from-this-run') === true,
    branch: textAt(json, 'branch'),
    commit: textAt(json, 'commit'),
    commitUrl: textAt(json, 'commit-url'),
    values: listAt(json, 'values').map((value) => ({
      field: textAt(value, 'field'),
      before: at(value, 'before') === '' ? '' : textAt(value, 'before') || undefined,
      after: textAt(value, 'after'),
    })),
  }
}

/** @param json the report of the step; anything else gives an empty one */
export function readSyncReport(json: unknown): SyncReport {
  return {
    application: textAt(json, 'application'),
    seen: textAt(json, 'seen'),
    next: textAt(json, 'next'),
    waitedSeconds: numberAt(json, 'waited'),
  }
}

/** @param json the report of the step; anything else gives an empty one */
export function readHealthReport(json: unknown): HealthReport {
  const failure = at(json, 'failure')
  const [what, seen] = [textAt(failure, 'what'), textAt(failure, 'seen')]
  const pods = listAt(at(json, 'rollout'), 'pods')
  const latency = at(json, 'latency')
  return {
    why: what === '' ? '' : `${what}: ${seen}`,
    next: textAt(failure, 'next'),
    pods: pods.length,
    restarts: pods.reduce<number>((sum, pod) => sum + (numberAt(pod, 'restarts') ?? 0), 0),
    requests: numberAt(latency, 'requests'),
    errors: numberAt(latency, 'errors') ?? 0,
    compared: at(at(json, 'answer'), 'compared') === true,
    p95: numberAt(latency, 'p95_ms'),
    phases: listAt(json, 'phases').map((phase) => ({
      name: textAt(phase, 'name'),
      startedMs: numberAt(phase, 'started-ms') ?? 0,
      ms: numberAt(phase, 'ms') ?? 0,
    })),
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

function textAt(value: unknown, key: string): string {
  const found = at(value, key)
  return typeof found === 'string' ? found : ''
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key)
  return typeof found === 'number' ? found : undefined
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key)
  return Array.isArray(found) ? found : []
}
