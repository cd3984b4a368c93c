import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { canRead, canWrite, identifyCaller } from './access.ts'
import { described } from './openapi.ts'
import { notFound, type RestCall, refuse } from './rest-answer.ts'
import { createBlob, createCommit, createTree } from './rest-git.ts'
import { addLabels, listPullsOfCommit, listTimeline, requestReviewers } from './rest-pulls.ts'
import { compare, getBlob, getContents, getRef, getRepository } from './rest-read.ts'
import { createStatus, dispatch } from './rest-write.ts'
import { findRepository, type GitHubState } from './state.ts'

interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly needs: 'read' | 'write'
  readonly answer: (call: RestCall) => Promise<SandboxResponse>
}

const GET_BLOB = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}'
const CREATE_BLOB = 'POST /repos/{owner}/{repo}/git/blobs'
const CREATE_TREE = 'POST /repos/{owner}/{repo}/git/trees'
const CREATE_COMMIT = 'POST /repos/{owner}/{repo}/git/commits'
const LABELS = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels'
const REVIEWERS = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers'
const TIMELINE = 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline'
const COMPARE = 'GET /repos/{owner}/{repo}/compare/{basehead}'

const ROUTES: readonly Route[] = [
  { method: 'GET', pattern: /^$/, needs: 'read', answer: getRepository },
  { method: 'GET', pattern: /^\/git\/ref\/heads\/(.+)$/, needs: 'read', answer: getRef },
  {
    method: 'GET',
    pattern: /^\/git\/blobs\/([0-9a-f]{40})$/,
    needs: 'read',
    answer: described(GET_BLOB, getBlob),
  },
  { method: 'GET', pattern: /^\/contents\/(.+)$/, needs: 'read', answer: getContents },
  {
    method: 'GET',
    pattern: /^\/compare\/(.+?)\.\.\.(.+)$/,
    needs: 'read',
    answer: described(COMPARE, compare),
  },
  {
    method: 'GET',
    pattern: /^\/commits\/([0-9a-f]{40})\/pulls$/,
    needs: 'read',
    answer: listPullsOfCommit,
  },
  { method: 'POST', pattern: /^\/git\/blobs$/, needs: 'write', answer: described(CREATE_BLOB, createBlob) },
  { method: 'POST', pattern: /^\/git\/trees$/, needs: 'write', answer: described(CREATE_TREE, createTree) },
  {
    method: 'POST',
    pattern: /^\/git\/commits$/,
    needs: 'write',
    answer: described(CREATE_COMMIT, createCommit),
  },
  {
    method: 'POST',
    pattern: /^\/issues\/(\d+)\/labels$/,
    needs: 'write',
    answer: described(LABELS, addLabels),
  },
  {
    method: 'POST',
    pattern: /^\/pulls\/(\d+)\/requested_reviewers$/,
    needs: 'write',
    answer: described(REVIEWERS, requestReviewers),
  },
  {
    method: 'GET',
    pattern: /^\/issues\/(\d+)\/timeline$/,
    needs: 'read',
    answer: described(TIMELINE, listTimeline),
  },
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
  if (caller.kind === 'unknown') return refuse(401, 'Bad credentials')
  const repository = findRepository(state, owner, name)
  if (repository === undefined || !canRead(caller, repository)) return notFound()
  const route = ROUTES.find(({ method, pattern }) => method === request.method && pattern.test(rest))
  if (route === undefined) return notFound()
  if (route.needs === 'write' && !canWrite(caller, repository))
    return refuse(403, 'Resource not accessible by integration')
  return route.answer({ request, state, repository, caller, parts: route.pattern.exec(rest)?.slice(1) ?? [] })
}
