import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { type Caller, canRead, canWrite, identifyCaller, loginOf } from './access.ts'
import { git, tryGit } from './git.ts'
import { headOf } from './repositories.ts'
import { findRepository, fullName, type GitHubState, type Repository } from './state.ts'

/** A call to the REST API for a repository that the caller may read. */
interface Call {
  readonly request: SandboxRequest
  readonly state: GitHubState
  readonly repository: Repository
  readonly caller: Caller
  /** What the route's pattern caught. */
  readonly parts: readonly string[]
}

interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly needs: 'read' | 'write'
  readonly answer: (call: Call) => Promise<SandboxResponse>
}

const ROUTES: readonly Route[] = [
  { method: 'GET', pattern: /^$/, needs: 'read', answer: getRepository },
  { method: 'GET', pattern: /^\/git\/ref\/heads\/(.+)$/, needs: 'read', answer: getRef },
  { method: 'GET', pattern: /^\/git\/blobs\/([0-9a-f]{40})$/, needs: 'read', answer: getBlob },
  { method: 'GET', pattern: /^\/contents\/(.+)$/, needs: 'read', answer: getContents },
  { method: 'GET', pattern: /^\/compare\/(.+?)\.\.\.(.+)$/, needs: 'read', answer: compare },
  { method: 'POST', pattern: /^\/dispatches$/, needs: 'write', answer: dispatch },
  { method: 'POST', pattern: /^\/statuses\/([0-9a-f]{40})$/, needs: 'write', answer: createStatus },
]

/** The REST API below `/api/v3`, where GitHub Enterprise Server has it; undefined for other paths. */
export async function answerRest(
  request: SandboxRequest,
  state: GitHubState,
): Promise<SandboxResponse | undefined> {
  const [, owner = '', name = '', rest = ''] =
    /^\/api\/v3\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(request.path) ?? []
  if (!request.path.startsWith('/api/v3/')) return undefined
  const caller = identifyCaller(state, request.headers['authorization'])
  if (caller.kind === 'unknown')
    return json(401, { message: 'Bad credentials', documentation_url: DOCS, status: '401' })
  const repository = findRepository(state, owner, name)
  if (repository === undefined || !canRead(caller, repository)) return notFound()
  const route = ROUTES.find(({ method, pattern }) => method === request.method && pattern.test(rest))
  if (route === undefined) return notFound()
  if (route.needs === 'write' && !canWrite(caller, repository)) return forbidden()
  return route.answer({ request, state, repository, caller, parts: route.pattern.exec(rest)?.slice(1) ?? [] })
}

const DOCS = 'https://docs.github.com/rest'

export function json(status: number, body: unknown): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}

function notFound(): SandboxResponse {
  return json(404, { message: 'Not Found', documentation_url: DOCS, status: '404' })
}

function forbidden(): SandboxResponse {
  return json(403, {
    message: 'Resource not accessible by integration',
    documentation_url: DOCS,
    status: '403',
  })
}

async function getRepository({ repository, caller }: Call): Promise<SandboxResponse> {
  return json(200, {
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
    default_branch: repository.defaultBranch,
    owner: { login: repository.owner },
    permissions: { pull: true, push: canWrite(caller, repository) },
  })
}

async function getRef({ repository, parts: [branch = ''] }: Call): Promise<SandboxResponse> {
  const sha = await headOf(repository, branch)
  return sha === undefined
    ? notFound()
    : json(200, { ref: `refs/heads/${branch}`, object: { type: 'commit', sha } })
}

async function getBlob({ request, repository, parts: [sha = ''] }: Call): Promise<SandboxResponse> {
  const { exitCode, stdout } = await tryGit(repository.directory, ['cat-file', 'blob', sha])
  if (exitCode !== 0) return notFound()
  if (wantsRaw(request)) return raw(stdout)
  return json(200, { sha, size: stdout.length, encoding: 'base64', content: stdout.toString('base64') })
}

async function getContents({ request, repository, parts: [path = ''] }: Call): Promise<SandboxResponse> {
  const ref = request.query.get('ref') ?? repository.defaultBranch
  const { exitCode, stdout } = await tryGit(repository.directory, ['cat-file', 'blob', `${ref}:${path}`])
  if (exitCode !== 0) return notFound()
  if (wantsRaw(request)) return raw(stdout)
  const sha = await git(repository.directory, ['rev-parse', '--verify', `${ref}:${path}`])
  return json(200, {
    type: 'file',
    path,
    sha,
    size: stdout.length,
    encoding: 'base64',
    content: stdout.toString('base64'),
  })
}

/** `base...head` as seen from base: ahead, behind, identical or diverged. */
async function compare({ repository, parts: [base = '', head = ''] }: Call): Promise<SandboxResponse> {
  const range = `${base}...${head}`
  const { exitCode, stdout } = await tryGit(repository.directory, [
    'rev-list',
    '--left-right',
    '--count',
    range,
    '--',
  ])
  if (exitCode !== 0) return notFound()
  const [behind = 0, ahead = 0] = stdout.toString().trim().split('\t').map(Number)
  const status =
    ahead > 0 && behind > 0 ? 'diverged' : ahead > 0 ? 'ahead' : behind > 0 ? 'behind' : 'identical'
  return json(200, {
    status,
    ahead_by: ahead,
    behind_by: behind,
    total_commits: ahead,
    commits: [],
    files: [],
  })
}

async function dispatch({ request, state, repository, caller }: Call): Promise<SandboxResponse> {
  const body = parseBody(request)
  const eventType = body['event_type']
  const payload = body['client_payload'] ?? {}
  if (typeof eventType !== 'string' || eventType === '' || eventType.length > 100)
    return invalid('event_type')
  if (typeof payload !== 'object' || Object.keys(payload).length > 10) return invalid('client_payload')
  state.dispatches.push({
    repository: fullName(repository),
    eventType,
    clientPayload: payload,
    sender: loginOf(caller),
  })
  return { status: 204 }
}

async function createStatus({
  request,
  state,
  repository,
  parts: [sha = ''],
}: Call): Promise<SandboxResponse> {
  const body = parseBody(request)
  const { exitCode } = await tryGit(repository.directory, ['cat-file', '-e', `${sha}^{commit}`])
  if (exitCode !== 0)
    return json(422, { message: `No commit found for SHA: ${sha}`, documentation_url: DOCS, status: '422' })
  const text = (key: string, given = ''): string => (typeof body[key] === 'string' ? body[key] : given)
  if (!['error', 'failure', 'pending', 'success'].includes(text('state'))) return invalid('state')
  const status = {
    sha,
    state: text('state'),
    context: text('context', 'default'),
    description: text('description'),
  }
  state.statuses.push({ repository: fullName(repository), targetUrl: text('target_url'), ...status })
  return json(201, { id: state.statuses.length, ...status, target_url: text('target_url') })
}

function invalid(field: string): SandboxResponse {
  const errors = [{ resource: 'Request', code: 'invalid', field }]
  return json(422, { message: 'Invalid request.', errors, documentation_url: DOCS, status: '422' })
}

function parseBody(request: SandboxRequest): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(request.body.toString())
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function wantsRaw({ headers }: SandboxRequest): boolean {
  return /application\/vnd\.github(\.v3)?\.raw/.test(headers['accept'] ?? '')
}

function raw(body: Buffer): SandboxResponse {
  return { status: 200, headers: { 'content-type': 'application/vnd.github.raw; charset=utf-8' }, body }
}
