import { Failure, type World } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import { formatDuration } from '@mlops-actions/text'
import { checkedFetch, noJson } from './answer.ts'
import { explainGitHub } from './explain.ts'
import { isRateLimit, limitedFor, mayWait } from './rate-limit.ts'
import { readRefusal } from './refusal.wire.ts'

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
  /** When the step must be done, in milliseconds since the epoch: no limit is waited for beyond it. */
  readonly deadline?: number | undefined
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
  rest(purpose: Purpose, route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>
}

/** Octokit over our own transport: its deadlines, its proxy, its certificates. A limit is waited for where there is time. */
export function createGitHub(
  world: Pick<World, 'log' | 'now' | 'random' | 'sleep'>,
  { apiUrl, token, http, deadline }: GitHubOptions,
): GitHubClient {
  const octokit = loadOctokit(apiUrl, token, checkedFetch(http.fetch))
  const call = async <T>(purpose: Purpose, send: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send()
      } catch (error) {
        await pauseOrThrow(world, purpose, error, { attempt, deadline })
      }
    }
  }
  return {
    graphql: (purpose, query, variables) =>
      call(purpose, async () => {
        const data: unknown = await (await octokit).graphql(query, { ...variables })
        // Of an answer that is no JSON octokit makes undefined, which no `data` is.
        return data === undefined ? noJson(purpose) : data
      }),
    rest: (purpose, route, parameters) =>
      call(purpose, async () => {
        const { status, data }: { status: number; data: unknown } = await (await octokit).request(route, {
          ...parameters,
        })
        return typeof data === 'string' && status !== 204 ? noJson(purpose) : data
      }),
  }
}

/** GitHub does nothing of a request that meets a limit, so it can be sent again, whatever it was. */
async function pauseOrThrow(
  { log, now, random, sleep }: Pick<World, 'log' | 'now' | 'random' | 'sleep'>,
  purpose: Purpose,
  error: unknown,
  { attempt, deadline }: { attempt: number; deadline: number | undefined },
): Promise<void> {
  const refusal = readRefusal(error)
  const failure = explainGitHub(purpose, error, refusal)
  if (refusal === undefined || !isRateLimit(refusal)) throw failure
  const asked = limitedFor(refusal, attempt, now())
  const duration = formatDuration(asked)
  const wait = asked + random() * 1_000
  if (!mayWait(wait, { attempt, now: now(), deadline }))
    throw new Failure({ ...failure.details, seen: `${failure.details.seen}; it asks to wait ${duration}` })
  log.info(`${failure.details.what}: ${failure.details.seen}; next try in ${duration}`)
  await sleep(wait)
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
