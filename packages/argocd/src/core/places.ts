import { Failure } from '@mlops-actions/diagnostics'
import type { KubernetesClient, Selection } from '@mlops-actions/kubernetes'
import type { ApplicationQuery } from '../api/argocd.ts'
import type { Application } from '../model/application.wire.ts'
import type { Elsewhere } from './elsewhere.ts'
import { merge } from './merge.ts'
import { APPLICATIONS } from './resource-types.ts'

/** Namespaces of Applications, and which of what is there counts. */
interface Place {
  /** '' for all. */
  readonly namespace: string
  /** Whether somebody named it, or has seen one there: else that it may not be read is only said. */
  readonly isNeeded: boolean
  readonly holds: (seen: Application) => boolean
}

export interface PlacesOptions {
  readonly hub: KubernetesClient
  /** Of Argo CD, and where Applications have been seen. */
  readonly known: () => readonly string[]
  readonly elsewhere: () => Promise<Elsewhere | undefined>
  readonly sayOnce: (sentence: string) => void
}

/** Applications wherever they may be: in the namespace that is named, else in those that Argo CD looks at. */
export interface Places {
  list(query: ApplicationQuery): Promise<readonly Application[]>
  /** All that a namespace has, again after each change there. */
  watch(query: ApplicationQuery, signal: AbortSignal): AsyncIterable<readonly Application[]>
}

export function createPlaces({ hub, known, elsewhere, sayOnce }: PlacesOptions): Places {
  const refused = new Set<string>()
  const placesOf = async ({ name, appNamespace }: ApplicationQuery): Promise<readonly Place[]> => {
    if (appNamespace !== undefined) return [whole(appNamespace, true)]
    // A name without a namespace is one in that of Argo CD.
    if (name !== undefined)
      return known()
        .slice(0, 1)
        .map((namespace) => whole(namespace, true))
    const needed = known()
    const beside = placesBeside(needed, await elsewhere())
    return [
      ...needed.map((namespace) => whole(namespace, true)),
      ...beside.filter(({ namespace }) => !refused.has(namespace)),
    ]
  }
  const unlessRefused = (place: Place, thrown: unknown): void => {
    const isRefused = thrown instanceof Failure && thrown.code === 'HTTP_403'
    if (place.isNeeded || !isRefused) throw thrown
    refused.add(place.namespace)
    const where = place.namespace === '' ? 'other namespaces' : `the namespace ${place.namespace}`
    sayOnce(`Applications in ${where} are not looked at, for want of a right. ${thrown.details.next}`)
  }
  return {
    async list(query) {
      const lists = (await placesOf(query)).map(async (place) => {
        const listed = hub.list(APPLICATIONS, selectionOf(query, place))
        const { items } = await listed.catch((thrown: unknown) => {
          unlessRefused(place, thrown)
          return { items: [] }
        })
        return items.filter(place.holds)
      })
      return (await Promise.all(lists)).flat()
    },
    async *watch(query, signal) {
      const watches = (await placesOf(query)).map(
        (place) =>
          async function* (over: AbortSignal) {
            try {
              for await (const all of hub.watch(APPLICATIONS, selectionOf(query, place), over))
                yield all.filter(place.holds)
            } catch (thrown) {
              unlessRefused(place, thrown)
            }
          },
      )
      yield* merge(watches, signal)
    },
  }
}

function whole(namespace: string, isNeeded: boolean): Place {
  return { namespace, isNeeded, holds: () => true }
}

/** Each by its name; where a pattern may mean any namespace, all of them in one list. */
function placesBeside(needed: readonly string[], others: Elsewhere | undefined): readonly Place[] {
  if (others === undefined) return []
  const isNew = (namespace: string): boolean => !needed.includes(namespace)
  if (others.names !== undefined) return others.names.filter(isNew).map((one) => whole(one, false))
  const holds = ({ metadata: { namespace } }: Application) => isNew(namespace) && others.has(namespace)
  return [{ namespace: '', isNeeded: false, holds }]
}

function selectionOf({ name, selector }: ApplicationQuery, { namespace }: Place): Selection {
  return {
    namespace,
    ...(selector === undefined ? {} : { labelSelector: selector }),
    ...(name === undefined ? {} : { fieldSelector: `metadata.name=${name}` }),
  }
}
