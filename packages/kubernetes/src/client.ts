import type { JsonValue } from '@mlops-actions/diagnostics'
import type { ObjectName, ResourceType, Selection } from './resource.ts'

/** One page of truth: the objects and the version from which a watch can go on. */
export interface Listing<T> {
  readonly items: readonly T[]
  readonly resourceVersion: string
}

export interface LogQuery extends ObjectName {
  readonly container: string
  /** The container's life before the present one: what a crash loop has to say. */
  readonly previous?: boolean
  /** Default 50. */
  readonly tailLines?: number
}

/**
 * A thin client of the Kubernetes API. Every method throws Failures that name verb and resource; for a 403 they hold
 * the rule that a Role needs.
 */
export interface KubernetesClient {
  /** `host:port`, for messages. */
  readonly host: string
  get<T>(type: ResourceType<T>, object: ObjectName): Promise<T>
  /** As `get`; undefined where it does not exist. */
  find<T>(type: ResourceType<T>, object: ObjectName): Promise<T | undefined>
  /**
   * Whether the cluster knows the kind at all: RBAC is asked before that, so who has no right to a kind that is not
   * installed is told of the right. True where it cannot be told.
   */
  serves(type: ResourceType<unknown>): Promise<boolean>
  /** All pages of a list. */
  list<T>(type: ResourceType<T>, selection: Selection): Promise<Listing<T>>
  /**
   * The whole selection, again and again: as it is, then after each change. Ended watches go on where they were,
   * a version that is too old (410) is listed anew. Ends when the signal is aborted or the consumer stops.
   */
  watch<T>(type: ResourceType<T>, selection: Selection, signal: AbortSignal): AsyncIterable<readonly T[]>
  /** JSON merge patch (RFC 7386). */
  patch<T>(type: ResourceType<T>, object: ObjectName, patch: JsonValue): Promise<T>
  /** The last lines of a container's log, at most 64 KiB. */
  podLog(query: LogQuery): Promise<string>
  close(): void
}
