import {
  array,
  type Checked,
  dictionary,
  number,
  optional,
  record,
  string,
  withDefault,
} from '@mlops-actions/http'

const isOwner = record({ kind: string, name: string, uid: string })

/** Labels or annotations; absent means none. */
export const isStringMap = withDefault(dictionary(string), {})

/** ObjectMeta, as far as it is needed here (k8s.io/apimachinery pkg/apis/meta/v1 types.go). */
export const isMetadata = record({
  name: string,
  namespace: withDefault(string, ''),
  uid: withDefault(string, ''),
  resourceVersion: withDefault(string, ''),
  generation: withDefault(number, 0),
  creationTimestamp: withDefault(string, ''),
  deletionTimestamp: optional(string),
  labels: isStringMap,
  annotations: isStringMap,
  ownerReferences: withDefault(array(isOwner), []),
})
export type Metadata = Checked<typeof isMetadata>

/** A condition of any kind of object; `status` is True, False or Unknown. */
export const isCondition = record({
  type: string,
  status: string,
  reason: withDefault(string, ''),
  message: withDefault(string, ''),
})
export type Condition = Checked<typeof isCondition>

/** The one condition of a type, if the object has it. */
export function conditionOf(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type)
}

const isIdentity = record({
  metadata: record({
    name: withDefault(string, ''),
    namespace: withDefault(string, ''),
    resourceVersion: withDefault(string, ''),
  }),
})

/** Which object it is and how new, whatever its kind. A bookmark has a version only. */
export function identify(object: unknown): { readonly key: string; readonly version: string } {
  const { name, namespace, resourceVersion } = isIdentity(object).metadata
  return { key: `${namespace}/${name}`, version: resourceVersion }
}
