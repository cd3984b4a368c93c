import { messageOf, type World } from '@mlops-actions/diagnostics'
import type { KubernetesClient } from '@mlops-actions/kubernetes'
import { EVENTS } from '@mlops-actions/kubernetes/pods'
import type { ApplicationQuery, Argocd } from '../api/argocd.ts'
import type { Application } from '../model/application.wire.ts'
import { typeOf } from './kinds.ts'
import { APP_PROJECTS } from './project.wire.ts'
import { type Core, type CoreOptions, createReader, nameOf } from './reader.ts'
import { refreshApplication } from './refresh.ts'
import { closedWindow } from './refusals.ts'
import { APPLICATION_SETS } from './resource-types.ts'
import { beginSync } from './sync.ts'
import { readTree } from './tree.ts'
import { blockingAt, blockingByHandAt, type Windowed } from './windows.ts'

const LOG_LINES = 20

/**
 * Argo CD without its API server ("core"): its resources through the Kubernetes API, and what they deploy read from the
 * cluster itself.
 */
export function createCore(world: World, options: CoreOptions): Argocd {
  const core = createReader(world, options)
  return { ...callsOfHub(core), ...callsOfChange(core), ...callsBelow(core) }
}

function callsOfHub({
  hub,
  namespace,
  places,
  read,
  recall,
  keep,
  sayOnce,
  world,
}: Core): Pick<Argocd, 'version' | 'get' | 'list' | 'stream' | 'applicationSet' | 'blockingWindow'> {
  return {
    // Only its API server says it.
    version: async () => `by the Kubernetes API at ${hub.host}`,
    get: read,
    // A list has those of others, too: whether the pods of one can be read is asked when it is looked at.
    async list(query) {
      const items = await places.list(query)
      return items.filter((one) => isOfProject(one, query)).map(keep)
    },
    async *stream(query, signal) {
      const versions = new Map<string, string>()
      for await (const all of places.watch(query, signal))
        for (const seen of all) {
          const { name, namespace: at, resourceVersion } = seen.metadata
          const key = `${at}/${name}`
          if (versions.get(key) === resourceVersion || !isOfProject(seen, query)) continue
          versions.set(key, resourceVersion)
          yield keep(seen)
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
      return read(application)
    },
    async sync(application, { prune }) {
      const seen = await read(application)
      const windows = await windowsOf(hub, namespace, seen)
      const closed = blockingByHandAt(windows, windowedOf(seen), world.now())
      if (closed !== undefined) throw closedWindow(seen, `${closed.kind} ${closed.schedule}`)
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
      return readTree(deployed(seen), seen.status.resources)
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

function isOfProject({ spec }: Application, { project }: ApplicationQuery): boolean {
  return project === undefined || spec.project === project
}

/** Projects are where Argo CD is, whatever namespace the Application has. */
async function windowsOf(hub: KubernetesClient, namespace: string, { spec }: Application) {
  const project = await hub.get(APP_PROJECTS, { namespace, name: spec.project || 'default' })
  return project.spec.syncWindows
}

function windowedOf({ metadata, spec }: Application): Windowed {
  return { name: metadata.name, destination: spec.destination }
}
