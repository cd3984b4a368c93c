import type { World } from '@mlops-actions/diagnostics'
import type { Check, HttpClient, HttpRequest } from '@mlops-actions/http'
import type { KubernetesClient } from './client.ts'
import type { Connection } from './connection.ts'
import { isServed } from './discovery.ts'
import type { Intent } from './explain.ts'
import { listAll } from './list.ts'
import { PODS } from './pod.wire.ts'
import { pathOf } from './resource.ts'
import { readStatus } from './status.wire.ts'
import { type ClientOptions, createTransport } from './transport.ts'
import { watchSelection } from './watch.ts'

const LOG_BYTES = 64 * 1024

/** A client for one cluster; close it, so that its sockets do not keep the process alive. */
export function createKubernetes(
  world: World,
  connection: Connection,
  options: ClientOptions = {},
): KubernetesClient {
  const transport = createTransport(world, connection, options)
  const { http, send } = transport
  return {
    host: transport.host,
    get: (type, { namespace, name }) =>
      send({ verb: 'get', type, namespace, name }, pathOf(type, namespace, name), (request) =>
        http.json(request, type.check),
      ),
    find: (type, { namespace, name }) =>
      send({ verb: 'get', type, namespace, name }, pathOf(type, namespace, name), (request) =>
        findWith(http, request, type.check),
      ),
    serves: (type) => isServed(transport, type),
    list: (type, selection) => listAll(transport, type, selection),
    watch: (type, selection, signal) => watchSelection(world, transport, type, selection, signal),
    patch: (type, { namespace, name }, patch) =>
      send({ verb: 'patch', type, namespace, name }, pathOf(type, namespace, name), (request) => {
        const headers = { ...request.headers, 'content-type': 'application/merge-patch+json' }
        return http.json({ ...request, method: 'PATCH', headers, body: { json: patch } }, type.check)
      }),
    podLog: async ({ namespace, name, container, previous = false, tailLines = 50 }) => {
      const query = new URLSearchParams({
        container,
        tailLines: String(tailLines),
        limitBytes: String(LOG_BYTES),
        ...(previous ? { previous: 'true' } : {}),
      })
      const intent: Intent = { verb: 'get', type: PODS, namespace, name, subresource: 'log' }
      const path = `${pathOf(PODS, namespace, name)}/log?${query}`
      return send(intent, path, async (request) => (await http.request(request)).body.toString('utf8'))
    },
    close: () => http.close(),
  }
}

/** Only the API server's own word that the object is not there counts: any other 404 is that of somebody else. */
async function findWith<T>(http: HttpClient, request: HttpRequest, check: Check<T>): Promise<T | undefined> {
  let isAbsent = false
  const explain: HttpRequest['explain'] = (response) => {
    isAbsent = response.status === 404 && readStatus(response.body)?.reason === 'NotFound'
    return request.explain?.(response)
  }
  try {
    return await http.json({ ...request, explain }, check)
  } catch (thrown) {
    if (isAbsent) return undefined
    throw thrown
  }
}
