import { Buffer } from 'node:buffer'
import type { Handler, SandboxRequest, SandboxResponse } from '../server.ts'
import type { Call, CallWorld } from './call.ts'
import { MlflowError, respondError } from './errors.ts'
import { readInput } from './input.wire.ts'
import { ROUTES } from './routes.ts'
import type { MlflowState } from './state.ts'

/** What the server was started with (`mlflow server --app-name basic-auth --allowed-hosts …`). */
export interface MlflowAccess {
  /** Basic credentials that are let in; empty: everybody is. */
  readonly users: readonly { readonly username: string; readonly password: string }[]
  /** Bearer tokens that are let in, as a proxy in front of MLflow would. */
  readonly tokens: readonly string[]
  readonly version: string
}

export function createMlflowHandler(state: MlflowState, access: MlflowAccess, world: CallWorld): Handler {
  return (request) => {
    if (request.path === '/health') return text(200, 'OK', 'text/plain; charset=utf-8')
    if (request.path === '/version') return text(200, access.version, 'text/html; charset=utf-8')
    return refuseStranger(request, access) ?? dispatch(request, state, world)
  }
}

/** mlflow/server/auth: plain text, and a challenge. */
function refuseStranger(request: SandboxRequest, access: MlflowAccess): SandboxResponse | undefined {
  if (access.users.length === 0 && access.tokens.length === 0) return undefined
  const header = request.headers['authorization'] ?? ''
  const basic = access.users.map(({ username, password }) => {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  })
  if ([...basic, ...access.tokens.map((token) => `Bearer ${token}`)].includes(header)) return undefined
  return {
    status: 401,
    headers: { 'content-type': 'text/html; charset=utf-8', 'www-authenticate': 'Basic realm="mlflow"' },
    body: 'You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.',
  }
}

function dispatch(request: SandboxRequest, state: MlflowState, world: CallWorld): SandboxResponse {
  const name = /^\/(?:ajax-)?api\/2\.0\/mlflow\/(.+)$/.exec(request.path)?.[1] ?? ''
  const model = /^logged-models\/([^/]+)$/.exec(name)?.[1]
  const route = ROUTES[model === undefined ? name : 'logged-models/{model_id}']
  if (!route) return page(404, 'Not Found', 'The requested URL was not found on the server.')
  const call = route[request.method]
  if (!call) return page(405, 'Method Not Allowed', 'The method is not allowed for the requested URL.')
  try {
    return answer(call, request, model, state, world)
  } catch (error) {
    if (error instanceof MlflowError) return respondError(error)
    throw error
  }
}

function answer(
  call: Call,
  request: SandboxRequest,
  model: string | undefined,
  state: MlflowState,
  world: CallWorld,
): SandboxResponse {
  const input = readInput(request)
  const bound =
    model === undefined
      ? input
      : { ...input, text: (name: string) => (name === 'model_id' ? model : input.text(name)) }
  const body = JSON.stringify(call(bound, state, world), null, 2)
  return { status: 200, headers: { 'content-type': 'application/json' }, body }
}

function text(status: number, body: string, contentType: string): SandboxResponse {
  return { status, headers: { 'content-type': contentType }, body }
}

/** The web framework's own pages: HTML, not the API's JSON. */
function page(status: number, title: string, sentence: string): SandboxResponse {
  const body = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${sentence}</p>\n`
  return text(status, body, 'text/html; charset=utf-8')
}
