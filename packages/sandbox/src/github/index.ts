import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type FaultPlan,
  type RecordedRequest,
  type SandboxRequest,
  type SandboxResponse,
  serve,
} from '../server.ts'
import { answerGit } from './git-http.ts'
import { answerGraphql } from './graphql.ts'
import { createRepository, type RepositoryOptions } from './repositories.ts'
import { answerRest } from './rest.ts'
import { createGitHubState, type GitHubState, type Grant, type Repository } from './state.ts'

export { approvePull, reportCheck, runMergeQueue } from './auto-merge.ts'
export { mergePull } from './merges.ts'
export { closePull, openPull, type Pull } from './pulls.ts'
export { commitFiles, headOf, protectBranch, readFileAt } from './repositories.ts'
export type { GitHubState, Grant, Repository } from './state.ts'
export type { RepositoryOptions }

export interface GitHubOptions {
  readonly port?: number
  readonly now?: () => number
  /** Tokens that are known from the start. */
  readonly tokens?: Readonly<Record<string, Grant>>
}

export interface GitHubServer {
  /** `GITHUB_SERVER_URL`: repositories are at `URL/OWNER/NAME.git`. */
  readonly url: string
  /** `GITHUB_API_URL`, where GitHub Enterprise Server has it. */
  readonly apiUrl: string
  /** `GITHUB_GRAPHQL_URL` */
  readonly graphqlUrl: string
  readonly state: GitHubState
  readonly requests: readonly RecordedRequest[]
  readonly faults: FaultPlan
  createRepository(name: string, options?: RepositoryOptions): Promise<Repository>
  /** Stops the server and removes its repositories, once no request writes to them any more. */
  close(): Promise<void>
}

/**
 * Starts a GitHub: git over HTTP by the real `git http-backend`, and the REST and GraphQL calls of
 * docs/github.md.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubServer> {
  const root = await mkdtemp(join(tmpdir(), 'sandbox-github-'))
  const address = { url: '' }
  const state = createGitHubState(root, { now: options.now ?? Date.now, url: () => address.url })
  for (const [token, grant] of Object.entries(options.tokens ?? {})) state.tokens.set(token, grant)
  const port = options.port === undefined ? {} : { port: options.port }
  const running = new Set<Promise<SandboxResponse>>()
  const handle = (request: SandboxRequest): Promise<SandboxResponse> => {
    const answered = answer(request, state).finally(() => running.delete(answered))
    running.add(answered)
    return answered
  }
  const server = await serve(handle, port)
  address.url = server.url
  return {
    url: server.url,
    apiUrl: `${server.url}/api/v3`,
    graphqlUrl: `${server.url}/api/graphql`,
    state,
    requests: server.requests,
    faults: server.faults,
    createRepository: (name, settings) => createRepository(state, name, settings),
    close: async () => {
      await server.close()
      // A request whose client has gone is carried out all the same.
      await Promise.allSettled(running)
      await rm(root, { recursive: true, force: true })
    },
  }
}

async function answer(request: SandboxRequest, state: GitHubState): Promise<SandboxResponse> {
  const known =
    (await answerGraphql(request, state)) ??
    (await answerRest(request, state)) ??
    (await answerGit(request, state))
  return known ?? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not Found' }
}
