import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import type { KubernetesClient, ObjectName, Selection } from '@mlops-actions/kubernetes'
import { EVENTS } from '@mlops-actions/kubernetes/pods'
import type { ApplicationName, ApplicationQuery, Argocd } from '../api/argocd.ts'
import type { Application } from '../model/application.wire.ts'
import { type Clusters, clusterOf } from './cluster.ts'
import { typeOf } from './kinds.ts'
import { APP_PROJECTS } from './project.wire.ts'
import { refreshApplication } from './refresh.ts'
import { APPLICATION_SETS, APPLICATIONS, type SeenApplication } from './seen.wire.ts'
import { beginSync } from './sync.ts'
import { readTree } from './tree.ts'
import { blockingAt, blockingByHandAt, type Windowed } from './windows.ts'

const LOG_LINES = 20

export interface CoreOptions extends Clusters {
  /** Namespace of Argo CD's own resources. */
  readonly namespace: string
  /** Whether Applications may be annotated, which takes the right to patch them. */
  readonly refresh: boolean
  /** Whether an Application whose pods cannot be read is refused; else that is only said. */
  readonly needsPods: boolean
}

/** What the calls have in common. */
interface Core {
  readonly world: World
  readonly hub: KubernetesClient
  readonly namespace: string
  readonly refresh: boolean
  /** Warns of what cannot be known. */
  sayOnce(sentence: string): void
  /** Keeps how an Application was seen, and sees to it that it can be told what becomes of it. @throws Failure `config` */
  remember(seen: SeenApplication): Application
  read(application: ApplicationName): Promise<SeenApplication>
  /** As it was seen last. */
  recall(application: ApplicationName): Promise<SeenApplication>
  /** The cluster of its objects. @throws Failure `config` */
  deployed(seen: SeenApplication): KubernetesClient
}

/**
 * Argo CD without its API server ("core"): its resources through the Kubernetes API, and what they deploy read from the
 * cluster itself.
 */
export function createCore(world: World, options: CoreOptions): Argocd {
  const core = createReader(world, options)
  return { ...callsOfHub(core), ...callsOfChange(core), ...callsBelow(core) }
}

function createReader(world: World, { hub, workload, namespace, needsPods, refresh }: CoreOptions): Core {
  const clusters = { hub, workload }
  const last = new Map<string, SeenApplication>()
  const said = new Set<string>()
  const sayOnce = (sentence: string): void => {
    if (!said.has(sentence)) world.log.warn(sentence)
    said.add(sentence)
  }
  const keyOf = (name: ObjectName) => `${name.namespace}/${name.name}`
  const remember = (seen: SeenApplication): Application => {
    const { application, destination } = seen
    last.set(keyOf(seen.metadata), seen)
    const cluster = clusterOf(clusters, destination)
    if (typeof cluster !== 'string') return application
    if (needsPods) throw unproven(application, cluster)
    sayOnce(`Whether the pods of ${seen.metadata.name} run this commit is not proven: ${cluster}`)
    return application
  }
  const read = async (application: ApplicationName): Promise<SeenApplication> => {
    const seen = await hub.client.get(APPLICATIONS, nameOf(application, namespace))
    assertProject(seen.application, application)
    remember(seen)
    return seen
  }
  return {
    world,
    hub: hub.client,
    namespace,
    refresh,
    sayOnce,
    remember,
    read,
    recall: async (application) => last.get(keyOf(nameOf(application, namespace))) ?? read(application),
    deployed({ application, destination }) {
      const cluster = clusterOf(clusters, destination)
      if (typeof cluster === 'string') throw unproven(application, cluster)
      return cluster
    },
  }
}

function callsOfHub({
  hub,
  namespace,
  read,
  recall,
  remember,
  sayOnce,
  world,
}: Core): Pick<Argocd, 'version' | 'get' | 'list' | 'stream' | 'applicationSet' | 'blockingWindow'> {
  return {
    // Only its API server says it.
    version: async () => `by the Kubernetes API at ${hub.host}`,
    get: async (application) => (await read(application)).application,
    async list(query) {
      const { items } = await hub.list(APPLICATIONS, selectionOf(query, namespace))
      return items.filter(({ application }) => isOfProject(application, query)).map(remember)
    },
    async *stream(query, signal) {
      const versions = new Map<string, string>()
      for await (const all of hub.watch(APPLICATIONS, selectionOf(query, namespace), signal))
        for (const seen of all) {
          const { name, resourceVersion } = seen.metadata
          if (versions.get(name) === resourceVersion || !isOfProject(seen.application, query)) continue
          versions.set(name, resourceVersion)
          yield remember(seen)
        }
    },
    applicationSet: (name, at) => hub.get(APPLICATION_SETS, { name, namespace: at }),
    async blockingWindow(application) {
      const seen = await recall(application)
      try {
        return blockingAt(await windowsOf(hub, namespace, seen), windowedOf(seen), world.now())
      } catch (thrown) {
        sayOnce(
          `Whether a sync window keeps ${application.name} from syncing is not known: ${messageOf(thrown)}`,
        )
        throw thrown
      }
    },
  }
}

function callsOfChange({
  hub,
  namespace,
  refresh,
  read,
  remember,
  world,
}: Core): Pick<Argocd, 'refresh' | 'sync'> {
  let isSaid = false
  return {
    async refresh(application, options) {
      if (refresh)
        return remember(await refreshApplication(world, hub, nameOf(application, namespace), options))
      if (!isSaid)
        world.log.info(
          '`refresh` is false: Argo CD looks at Git by itself, every two to three minutes unless it is set otherwise',
        )
      isSaid = true
      return (await read(application)).application
    },
    async sync(application, { prune }) {
      const seen = await read(application)
      const windows = await windowsOf(hub, namespace, seen)
      const closed = blockingByHandAt(windows, windowedOf(seen), world.now())
      if (closed !== undefined) throw closedWindow(seen.application, `${closed.kind} ${closed.schedule}`)
      await beginSync(hub, nameOf(application, namespace), seen, prune)
    },
  }
}

function callsBelow({
  hub,
  recall,
  deployed,
}: Core): Pick<Argocd, 'tree' | 'resource' | 'events' | 'containerLog'> {
  return {
    async tree(application) {
      const seen = await recall(application)
      return readTree(deployed(seen), seen.managed)
    },
    async resource(application, node, check) {
      return deployed(await recall(application)).find(typeOf(node, check), node)
    },
    async events(application, node) {
      const seen = await recall(application)
      const { client, object } =
        node === undefined ? { client: hub, object: seen.metadata } : { client: deployed(seen), object: node }
      const selection = { namespace: object.namespace, fieldSelector: `involvedObject.uid=${object.uid}` }
      return (await client.list(EVENTS, selection)).items
    },
    async containerLog(application, { pod, namespace: at, container }) {
      const query = { namespace: at, name: pod, container, previous: true, tailLines: LOG_LINES }
      return (await deployed(await recall(application)).podLog(query)).trim()
    },
  }
}

function nameOf({ name, appNamespace }: ApplicationName, namespace: string): ObjectName {
  return { name, namespace: appNamespace ?? namespace }
}

function selectionOf({ name, selector, appNamespace }: ApplicationQuery, namespace: string): Selection {
  return {
    namespace: appNamespace ?? namespace,
    ...(selector === undefined ? {} : { labelSelector: selector }),
    ...(name === undefined ? {} : { fieldSelector: `metadata.name=${name}` }),
  }
}

function isOfProject({ spec }: Application, { project }: ApplicationQuery): boolean {
  return project === undefined || spec.project === project
}

/** Projects are where Argo CD is, whatever namespace the Application has. */
async function windowsOf(hub: KubernetesClient, namespace: string, { application }: SeenApplication) {
  const project = await hub.get(APP_PROJECTS, { namespace, name: application.spec.project || 'default' })
  return project.spec.syncWindows
}

function windowedOf({ metadata, destination }: SeenApplication): Windowed {
  return { name: metadata.name, destination }
}

function assertProject({ metadata, spec }: Application, { project }: ApplicationName): void {
  if (project === undefined || spec.project === project) return
  throw new Failure({
    kind: 'not-found',
    code: 'ARGOCD_PROJECT',
    what: 'Cannot read the Application',
    on: `Application ${metadata.name}`,
    seen: `it is in the project ${spec.project}, not in ${project}`,
    next: 'Check the inputs `application` and `project`',
  })
}

function unproven({ metadata }: Application, why: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'ARGOCD_WORKLOAD',
    what: 'Cannot prove what runs',
    on: `Application ${metadata.name}`,
    seen: why,
    next: 'Give `workload-kubeconfig` or `workload-eks-cluster` for that cluster, or ask the API of Argo CD (`url`), which reads it by itself; `deep-health: false` goes without that proof, and says so',
  })
}

function closedWindow({ metadata }: Application, window: string): Failure {
  return new Failure({
    kind: 'policy',
    code: 'ARGOCD_WINDOW',
    what: 'Cannot sync the Application',
    on: `Application ${metadata.name}`,
    seen: `a sync window keeps it from syncing (${window})`,
    next: 'Run this step again when the window lets it sync',
    retryable: true,
  })
}
