import type { Handler, SandboxRequest, SandboxResponse } from '../server.ts'
import { type KfpAccess, refuseStranger } from './access.ts'
import { MalformedBody } from './body.wire.ts'
import type { KfpSettings } from './call.ts'
import type { KfpCluster } from './cluster.ts'
import { KfpError, respondError, respondJson, respondMalformed } from './errors.ts'
import { DIRECT_ROUTES, METADATA_ROUTES, ROUTES, type Route, UI_ROUTES } from './routes.ts'

/**
 * One host that is both servers: below `/pipeline` the UI server answers, without it the API server (port 8888).
 * Either way `/apis/v1beta1` and `/apis/v2beta1` end at the same place.
 */
export function createKfpHandler(cluster: KfpCluster, settings: KfpSettings, access: KfpAccess): Handler {
  return async (request) => {
    const stranger = refuseStranger(request, access)
    if (stranger) return stranger
    const behindUi = /^\/pipeline(\/|$)/.test(request.path)
    const path = behindUi ? request.path.slice('/pipeline'.length) || '/' : request.path
    if (path === '/apis/v2beta1/healthz') return health(settings, behindUi)
    const routes = behindUi ? [...ROUTES, ...UI_ROUTES] : [...ROUTES, ...DIRECT_ROUTES, ...metadata(settings)]
    const here = routes.filter(({ pattern }) => pattern.test(path))
    const found = here.find(({ method }) => method === request.method)
    if (!found) return missing(path, behindUi, here.length > 0)
    return answer(found, path, request, cluster, settings)
  }
}

function metadata(settings: KfpSettings): readonly Route[] {
  return settings.generation === '2.16' ? METADATA_ROUTES : []
}

async function answer(
  route: Route,
  path: string,
  request: SandboxRequest,
  cluster: KfpCluster,
  settings: KfpSettings,
): Promise<SandboxResponse> {
  try {
    const groups = route.pattern.exec(path)?.groups ?? {}
    return await route.handler({ request, cluster, settings, path: groups })
  } catch (error) {
    if (error instanceof KfpError) return respondError(error)
    if (error instanceof MalformedBody) return respondMalformed(error.message)
    throw error
  }
}

const COMMIT = '0000000000000000000000000000000000000000'

/** The UI wraps the API server's own answer in another shape (frontend/server/handlers/healthz.ts). */
function health({ tag, multiUser }: KfpSettings, behindUi: boolean): SandboxResponse {
  const direct = { commit_sha: COMMIT, tag_name: tag, multi_user: multiUser, pipeline_store: 'database' }
  if (!behindUi) return respondJson(200, direct)
  return respondJson(200, {
    apiServerReady: true,
    apiServerTagName: tag,
    apiServerCommitHash: COMMIT,
    apiServerMultiUser: multiUser,
    multi_user: multiUser,
    pipelineStore: 'database',
    frontendTagName: tag,
    buildDate: '',
  })
}

/** grpc-gateway's 404 and 501; the UI answers its single page to everything that it does not know. */
function missing(path: string, behindUi: boolean, otherMethod: boolean): SandboxResponse {
  if (behindUi && !path.startsWith('/apis/v')) return page()
  if (behindUi && path.startsWith('/apis/v1alpha1')) return page()
  if (otherMethod) return respondJson(501, { code: 12, message: 'Method Not Allowed', details: [] })
  return respondJson(404, { code: 5, message: 'Not Found', details: [] })
}

function page(): SandboxResponse {
  const body =
    '<!doctype html>\n<html lang="en"><head><title>Kubeflow Pipelines</title></head><body></body></html>\n'
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
