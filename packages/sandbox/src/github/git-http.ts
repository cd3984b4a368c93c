import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { type Caller, canRead, canWrite, identifyCaller, loginOf } from './access.ts'
import { git, plainEnvironment } from './git.ts'
import { findRepository, fullName, type GitHubState, type Repository } from './state.ts'

const GIT_PATH = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/

/** Git's smart HTTP protocol, by git itself; undefined for a path that is none of its. */
export async function answerGit(
  request: SandboxRequest,
  state: GitHubState,
): Promise<SandboxResponse | undefined> {
  const [, owner = '', name = '', service = ''] = GIT_PATH.exec(request.path) ?? []
  if (service === '') return undefined
  const repository = findRepository(state, owner, name)
  const caller = identifyCaller(state, request.headers['authorization'])
  const isPush = request.query.get('service') === 'git-receive-pack' || service === 'git-receive-pack'
  const refusal = refuseGit(caller, repository, isPush)
  if (refusal !== undefined || repository === undefined) return refusal
  const answer = () => runHttpBackend(request, state, repository, service, loginOf(caller))
  if (!isCapabilityAdvertisement(request)) return answer()
  const known = advertisements.get(repository)
  if (known !== undefined) return known
  const given = await answer()
  if (given.status === 200) advertisements.set(repository, given)
  return given
}

/** Git's own answers to requests that have the same one as long as the repository's settings stand. */
const advertisements = new WeakMap<Repository, SandboxResponse>()

/** The first request of protocol version 2 asks what the server can do, not what it has (gitprotocol-v2(5)). */
function isCapabilityAdvertisement({ method, rawQuery, headers }: SandboxRequest): boolean {
  return method === 'GET' && rawQuery === 'service=git-upload-pack' && headers['git-protocol'] === 'version=2'
}

/**
 * As GitHub answers: a private repository is not there for who may not read it, and asks who you are first.
 */
function refuseGit(
  caller: Caller,
  repository: Repository | undefined,
  isPush: boolean,
): SandboxResponse | undefined {
  if (caller.kind === 'unknown') {
    return challenge(
      'Invalid username or token. Password authentication is not supported for Git operations.',
    )
  }
  const isVisible = repository !== undefined && canRead(caller, repository)
  if (caller.kind === 'anonymous' && (isPush || !isVisible)) return challenge('Repository not found.')
  if (!isVisible) return plain(404, 'Repository not found.')
  if (isPush && !canWrite(caller, repository)) {
    return plain(403, `Permission to ${fullName(repository)}.git denied to ${loginOf(caller)}.`)
  }
  return undefined
}

function challenge(message: string): SandboxResponse {
  return {
    ...plain(401, message),
    headers: { 'content-type': 'text/plain', 'www-authenticate': 'Basic realm="GitHub"' },
  }
}

function plain(status: number, message: string): SandboxResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=UTF-8' }, body: message }
}

async function runHttpBackend(
  request: SandboxRequest,
  state: GitHubState,
  repository: Repository,
  service: string,
  login: string,
): Promise<SandboxResponse> {
  const { headers } = request
  const env = {
    ...plainEnvironment(),
    GIT_PROJECT_ROOT: state.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${join(repository.owner, `${repository.name}.git`, service)}`,
    REQUEST_METHOD: request.method,
    QUERY_STRING: request.rawQuery,
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: String(request.body.length),
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: headers['git-protocol'] ?? '',
    REMOTE_USER: login,
    REMOTE_ADDR: '127.0.0.1',
  }
  return parseCgi(await collect(env, request.body))
}

/** The CGI program itself: started through `git`, each request would cost a process more. */
let backend: Promise<string> | undefined

async function collect(env: Record<string, string>, body: Buffer): Promise<Buffer> {
  backend ??= git('/', ['--exec-path']).then((folder) => join(folder, 'git-http-backend'))
  const program = await backend
  return new Promise((resolve, reject) => {
    const child = spawn(program, { env, stdio: ['pipe', 'pipe', 'ignore'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', () => resolve(Buffer.concat(chunks)))
    child.stdin.on('error', () => {})
    child.stdin.end(body)
  })
}

/** A CGI answer (RFC 3875): header lines, an empty line, the body; `Status` is the status line. */
function parseCgi(output: Buffer): SandboxResponse {
  const end = output.indexOf('\r\n\r\n')
  if (end === -1) return plain(500, 'git http-backend gave no answer')
  const lines = output.subarray(0, end).toString().split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  const { status = '200 OK', ...rest } = headers
  return { status: Number.parseInt(status, 10), headers: rest, body: output.subarray(end + 4) }
}
