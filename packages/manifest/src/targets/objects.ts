import { childOf, itemsOf, type Path, stringAt } from '../tree.ts'

/** A Kubernetes object in a document. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  /** Where it stands in its document. */
  readonly at: Path
  readonly value: unknown
}

/** The objects of a document: itself, or the items of the list that it is, which may be of a kind of their own. */
export function objectsOf(value: unknown, inherited?: Inherited): KubernetesObject[] {
  return collect(value, [], inherited)
}

/** What an object is that does not say it itself. */
type Inherited = Pick<KubernetesObject, 'apiVersion' | 'kind'>

function collect(value: unknown, at: Path, inherited: Inherited | undefined): KubernetesObject[] {
  const kind = stringAt(value, ['kind']) ?? inherited?.kind
  const apiVersion = stringAt(value, ['apiVersion']) ?? inherited?.apiVersion ?? ''
  if (kind === undefined) return []
  const items = childOf(value, 'items')
  if (kind.endsWith('List') && Array.isArray(items)) {
    // The items of a typed list, as `InferenceServiceList`, need not say what they are.
    const own = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) }
    return itemsOf(items).flatMap((item, index) => collect(item, [...at, 'items', index], own))
  }
  const namespace = stringAt(value, ['metadata', 'namespace'])
  const name = nameOf(value)
  return [{ apiVersion, kind, name, at, value, ...(namespace === undefined ? {} : { namespace }) }]
}

/** An object that does not say its name, as a patch may. */
export const UNNAMED = '(unnamed)'

/** An object whose name the cluster makes is shown by the part that is known. */
function nameOf(value: unknown): string {
  const prefix = stringAt(value, ['metadata', 'generateName'])
  const made = prefix === undefined ? UNNAMED : `${prefix}(generated)`
  return stringAt(value, ['metadata', 'name']) ?? made
}
