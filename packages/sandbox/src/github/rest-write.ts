import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { loginOf } from './access.ts'
import { settle } from './auto-merge.ts'
import { tryGit } from './git.ts'
import { invalid, json, type RestCall, refuse } from './rest-answer.ts'
import { fullName } from './state.ts'

/** Bytes; GitHub REST documentation, "Create a repository dispatch event". */
const LARGEST_PAYLOAD = 64 * 1024

export async function dispatch({ request, state, repository, caller }: RestCall): Promise<SandboxResponse> {
  const body = parseBody(request)
  const eventType = body['event_type']
  const payload = body['client_payload'] ?? {}
  if (typeof eventType !== 'string' || eventType === '' || eventType.length > 100)
    return invalid('event_type')
  if (typeof payload !== 'object' || Array.isArray(payload)) return invalid('client_payload')
  const count = Object.keys(payload).length
  if (count > 10) return refuse(422, `No more than 10 properties are allowed; ${count} were supplied.`)
  if (Buffer.byteLength(JSON.stringify(payload)) >= LARGEST_PAYLOAD)
    return refuse(422, 'client_payload is too large.')
  state.dispatches.push({
    repository: fullName(repository),
    eventType,
    clientPayload: payload,
    sender: loginOf(caller),
  })
  return { status: 204 }
}

export async function createStatus({
  request,
  state,
  repository,
  parts: [sha = ''],
}: RestCall): Promise<SandboxResponse> {
  const body = parseBody(request)
  const { exitCode } = await tryGit(repository.directory, ['cat-file', '-e', `${sha}^{commit}`])
  if (exitCode !== 0) return refuse(422, `No commit found for SHA: ${sha}`)
  const text = (key: string, given = ''): string => (typeof body[key] === 'string' ? body[key] : given)
  if (!['error', 'failure', 'pending', 'success'].includes(text('state'))) return invalid('state')
  const status = {
    sha,
    state: text('state'),
    context: text('context', 'default'),
    description: text('description'),
  }
  state.statuses.push({ repository: fullName(repository), targetUrl: text('target_url'), ...status })
  await settle(state, repository)
  return json(201, { id: state.statuses.length, ...status, target_url: text('target_url') })
}

export function parseBody(request: SandboxRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(request.body.toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
