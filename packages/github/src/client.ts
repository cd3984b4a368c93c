import type { HttpClient } from '@mlops-actions/http'
import { explainGitHub } from './explain.ts'

export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

export interface GitHubOptions {
  /**
   * `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server: what `GITHUB_API_URL` says.
   */
  readonly apiUrl: string
  readonly token: string
  readonly http: Pick<HttpClient, 'fetch'>
}

/** A call's purpose, for its failure. */
export interface Purpose {
  /** "Cannot read the branch" */
  readonly what: string
  /** `acme/gitops main` */
  readonly on: string
}

export interface GitHubClient {
  /**
   * One GraphQL request; `data` as GitHub sent it.
   * @throws Failure
   */
  graphql(purpose: Purpose, query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>
  /**
   * One REST request such as `GET /repos/{owner}/{repo}`; the body as GitHub sent it.
   * @throws Failure
   */
  rest(purpose: Purpose, route: string, parameters: Readonly<Record<string, string>>): Promise<unknown>
}

/** Octokit over our own transport: its deadlines, its proxy, its certificates. */
export function createGitHub({ apiUrl, token, http }: GitHubOptions): GitHubClient {
  const octokit = loadOctokit(apiUrl, token, http.fetch)
  const call = async <T>(purpose: Purpose, send: () => Promise<T>): Promise<T> => {
    try {
      return await send()
    } catch (error) {
      throw explainGitHub(purpose, error)
    }
  }
  return {
    graphql: (purpose, query, variables) =>
      call(purpose, async () => (await octokit).graphql(query, { ...variables })),
    rest: (purpose, route, parameters) =>
      call(purpose, async () => (await (await octokit).request(route, parameters)).data),
  }
}

/**
 * Imported when it is needed: the module reads the event file, prints when there is none, and takes its
 * time.
 */
async function loadOctokit(baseUrl: string, token: string, fetch: typeof globalThis.fetch) {
  const { getOctokit } = await import('@actions/github')
  return getOctokit(token, { baseUrl, request: { fetch }, log: SILENT })
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
