import type { World } from '@mlops-actions/diagnostics'
import type { KubernetesClient, ObjectName } from '@mlops-actions/kubernetes'
import type { ApplicationName } from '../api/argocd.ts'
import type { Application } from '../model/application.wire.ts'
import { type Clusters, clusterOf } from './cluster.ts'
import { type Elsewhere, readElsewhere } from './elsewhere.ts'
import { createPlaces, type Places } from './places.ts'
import { assertProject, sayWhereUnwatched, toldOfElsewhere, unproven } from './refusals.ts'
import { APPLICATIONS } from './resource-types.ts'

export interface CoreOptions extends Clusters {
  /** Namespace of Argo CD's own resources. */
  readonly namespace: string
  /** Whether Applications may be annotated, which takes the right to patch them. */
  readonly refresh: boolean
  /** Whether an Application whose pods cannot be read is refused; else that is only said. */
  readonly needsPods: boolean
}

/** What the calls have in common. */
export interface Core {
  readonly world: World
  readonly hub: KubernetesClient
  readonly namespace: string
  readonly refresh: boolean
  /** Warns of what cannot be known. */
  sayOnce(sentence: string): void
  readonly places: Places
  /** Keeps how an Application was seen. */
  keep(seen: Application): Application
  /** As keep, of one that was asked for: its pods have to be readable, or that is said. @throws Failure `config` */
  remember(seen: Application): Application
  read(application: ApplicationName): Promise<Application>
  /** As it was seen last. */
  recall(application: ApplicationName): Promise<Application>
  /** The cluster of its objects. @throws Failure `config` */
  deployed(seen: Application): KubernetesClient
}

export function createReader(
  world: World,
  { hub, workload, namespace, needsPods, refresh }: CoreOptions,
): Core {
  const clusters = { hub, workload }
  const last = new Map<string, Application>()
  const said = new Set<string>()
  const sayOnce = (sentence: string): void => {
    if (!said.has(sentence)) world.log.warn(sentence)
    said.add(sentence)
  }
  const keyOf = (name: ObjectName) => `${name.namespace}/${name.name}`
  const keep = (seen: Application): Application => {
    last.set(keyOf(seen.metadata), seen)
    return seen
  }
  const remember = (seen: Application): Application => {
    const application = keep(seen)
    const cluster = clusterOf(clusters, seen.spec.destination)
    if (typeof cluster !== 'string') return application
    if (needsPods) throw unproven(application, cluster)
    sayOnce(`Whether the pods of ${seen.metadata.name} run this commit is not proven: ${cluster}`)
    return application
  }
  let elsewhere: Promise<Elsewhere | undefined> | undefined
  const askElsewhere = () => {
    elsewhere ??= readElsewhere(world, hub.client, namespace)
    return elsewhere
  }
  const read = async (application: ApplicationName): Promise<Application> => {
    const name = nameOf(application, namespace)
    if (name.namespace !== namespace && !last.has(keyOf(name)))
      sayWhereUnwatched(await askElsewhere(), name, sayOnce)
    const seen = await hub.client.get(APPLICATIONS, name).catch(async (thrown: unknown) => {
      throw application.appNamespace === undefined ? toldOfElsewhere(thrown, await askElsewhere()) : thrown
    })
    assertProject(seen, application)
    return remember(seen)
  }
  return {
    world,
    hub: hub.client,
    namespace,
    refresh,
    sayOnce,
    places: createPlaces({
      hub: hub.client,
      known: () => [...new Set([namespace, ...[...last.values()].map(({ metadata }) => metadata.namespace)])],
      elsewhere: askElsewhere,
      sayOnce,
    }),
    keep,
    remember,
    read,
    recall: async (application) => last.get(keyOf(nameOf(application, namespace))) ?? read(application),
    deployed(seen) {
      const cluster = clusterOf(clusters, seen.spec.destination)
      if (typeof cluster === 'string') throw unproven(seen, cluster)
      return cluster
    },
  }
}

export function nameOf({ name, appNamespace }: ApplicationName, namespace: string): ObjectName {
  return { name, namespace: appNamespace ?? namespace }
}
