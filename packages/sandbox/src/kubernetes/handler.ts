import type { Handler, SandboxRequest, SandboxResponse } from '../server.ts'
import { authenticate, forbidden, unauthorized } from './access.ts'
import { discovery, publicInfo } from './discovery.ts'
import { readPodLog } from './pod-log.ts'
import { readList, readOne } from './read.ts'
import { SelectorError } from './selectors.ts'
import { proxyService } from './service-proxy.ts'
import type { KubernetesState } from './state.ts'
import { badRequest, refuse, storeRefusal, unknownPath } from './status.ts'
import { StoreError } from './store.ts'
import { isWatch, parseTarget, type Target, verbOf } from './target.ts'
import { type WatchTiming, watch } from './watch.ts'
import { createOne, patchOne, removeOne, replaceOne } from './write.ts'

/** The API server's order: who are you, may you, what do you want. */
export function createKubernetesHandler(state: KubernetesState, timing: WatchTiming): Handler {
  return async (request) => {
    const open = publicInfo(request, state)
    if (open) return open
    const user = authenticate(request, state)
    if (!user) return unauthorized()
    const target = parseTarget(request.rawPath)
    if (!target) return (request.method === 'GET' ? discovery(request, state) : undefined) ?? unknownPath()
    const verb = verbOf(request.method, target, request.query)
    if (!verb) return methodNotAllowed()
    const denied = forbidden(user, verb, target, state.deny)
    if (denied) return denied
    if (state.absentGroups.has(target.type.group)) return unknownPath()
    try {
      return await dispatch(request, target, state, timing)
    } catch (error) {
      if (error instanceof StoreError) return storeRefusal(error)
      if (error instanceof SelectorError) return badRequest(error.message)
      throw error
    }
  }
}

function dispatch(
  request: SandboxRequest,
  target: Target,
  state: KubernetesState,
  timing: WatchTiming,
): SandboxResponse | Promise<SandboxResponse> {
  const { name, subresource, type } = target
  if (name !== undefined && type.plural === 'services' && type.group === '' && subresource === 'proxy') {
    return proxyService(request, target, name, state)
  }
  if (name !== undefined && type.plural === 'pods' && subresource === 'log') {
    return request.method === 'GET' ? readPodLog(request, target, name, state) : methodNotAllowed()
  }
  if (subresource !== undefined && !(subresource === 'status' && type.statusSubresource))
    return unknownResource()
  if (request.method === 'GET') {
    if (isWatch(request.query)) return watch(request, target, state, timing)
    return name === undefined ? readList(request, target, state) : readOne(target, name, state)
  }
  if (name === undefined)
    return request.method === 'POST' ? createOne(request, target, state) : methodNotAllowed()
  if (request.method === 'PUT') return replaceOne(request, target, name, state)
  if (request.method === 'PATCH') return patchOne(request, target, name, state)
  if (request.method === 'DELETE') return removeOne(target, name, state)
  return methodNotAllowed()
}

function unknownResource(): SandboxResponse {
  return refuse(404, 'NotFound', 'the server could not find the requested resource')
}

function methodNotAllowed(): SandboxResponse {
  return refuse(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource')
}
