import type { Check } from '@mlops-actions/http'

/** One kind of object that the API server knows, and the check that gives its objects their type. */
export interface ResourceType<T> {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  /** Plural, as it stands in URLs and in RBAC rules. */
  readonly plural: string
  readonly kind: string
  readonly check: Check<T>
}

/** Names one object of a namespace. */
export interface ObjectName {
  readonly namespace: string
  readonly name: string
}

/** What a list or a watch is limited to. */
export interface Selection {
  /** '' stands for all of them, which takes the right in a ClusterRole. */
  readonly namespace: string
  /** `app=isvc.churn-predictor`, as `kubectl -l` takes it. */
  readonly labelSelector?: string
  /** `metadata.name=churn`. */
  readonly fieldSelector?: string
}

/** `deployments.apps`, `pods`: how the API server's own messages name a resource. */
export function qualifiedName({ group, plural }: ResourceType<unknown>): string {
  return group === '' ? plural : `${plural}.${group}`
}

/** `/apis/apps/v1/namespaces/models/deployments`, and below it one object where a name is given. */
export function pathOf(
  { group, version, plural }: ResourceType<unknown>,
  namespace: string,
  name?: string,
): string {
  const scope = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`
  const list = `${rootOf({ group, version })}${scope}/${plural}`
  return name === undefined ? list : `${list}/${encodeURIComponent(name)}`
}

/** `/api/v1`, `/apis/apps/v1`: where the kinds of a group and version are, and a list of them. */
export function rootOf({ group, version }: Pick<ResourceType<unknown>, 'group' | 'version'>): string {
  return group === '' ? `/api/${version}` : `/apis/${group}/${version}`
}
