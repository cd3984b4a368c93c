import type { World } from '@mlops-actions/diagnostics'
import type { KubernetesClient } from './client.ts'
import type { Connection } from './connection.ts'
import type { Intent } from './explain.ts'
import { listAll } from './list.ts'
import { PODS } from './pod.wire.ts'
import { pathOf } from './resource.ts'
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
        http.json({ ...request, tolerate: [404] }, type.check),
      ),
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
