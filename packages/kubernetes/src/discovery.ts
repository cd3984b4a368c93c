import { array, type HttpRequest, record, string } from '@mlops-actions/http'
import { isNotServed } from './explain.ts'
import { type ResourceType, rootOf } from './resource.ts'
import type { Transport } from './transport.ts'

/** meta/v1 APIResourceList; subresources stand in it as `pods/log`. */
const isResourceList = record({ resources: array(record({ name: string })) })

/**
 * By discovery, to which everybody who is known has a right (ClusterRole system:discovery). Only the API server's own word
 * that it has no such group, or a list without the kind, counts.
 */
export async function isServed(transport: Transport, type: ResourceType<unknown>): Promise<boolean> {
  const { http, send } = transport
  let isAbsent = false
  const explain: HttpRequest['explain'] = ({ status, body }) => {
    isAbsent = status === 404 && isNotServed(body)
    return undefined
  }
  const listed = send({ verb: 'list', type, namespace: '' }, rootOf(type), (request) =>
    http.json({ ...request, explain }, isResourceList),
  )
  return listed.then(
    ({ resources }) => resources.some(({ name }) => name === type.plural),
    () => !isAbsent,
  )
}
