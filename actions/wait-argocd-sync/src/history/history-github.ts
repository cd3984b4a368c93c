import { Failure } from '@mlops-actions/diagnostics'
import { array, type HttpClient, number, record, string, withDefault } from '@mlops-actions/http'
import type { Contains } from './relation.ts'

export interface GitHubRepository {
  /** `https://api.github.com/repos/octo/gitops`. */
  readonly url: string
  readonly token: string | undefined
}

const isComparison = record({ status: string })
const isPulls = array(
  record({
    number,
    state: string,
    html_url: withDefault(string, ''),
    base: record({ ref: withDefault(string, '') }),
  }),
)

/** No such commit or repository, no right to it, or asked too often for who has no token: others may know. */
const UNTOLD = [403, 404, 422, 429]

export interface GitHubHistory {
  readonly contains: Contains
  /** The open pull request that a commit belongs to: `pull request #12 (to main), which is not merged`. */
  proposalOf(commit: string): Promise<string | undefined>
  close(): void
}

/** What GitHub says of the history of a repository, without a clone (REST: compare two commits, list pull requests of a commit). */
export function createGitHubHistory(http: HttpClient, { url, token }: GitHubRepository): GitHubHistory {
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  const about = (path: string, what: string) => ({
    url: `${url}${path}`,
    headers,
    what,
    tolerate: UNTOLD,
    retries: 1,
  })
  return {
    contains: async (descendant, ancestor) => {
      if (descendant === ancestor) return true
      const range = `${encodeURIComponent(ancestor)}...${encodeURIComponent(descendant)}`
      // Of the commits and files between the two nothing is needed.
      const request = about(`/compare/${range}?per_page=1&page=2`, 'Cannot compare two commits')
      const comparison = await http.json(request, isComparison).catch(untold)
      return comparison && (comparison.status === 'ahead' || comparison.status === 'identical')
    },
    proposalOf: async (commit) => {
      const request = about(`/commits/${commit}/pulls`, 'Cannot list the pull requests of a commit')
      const pulls = (await http.json(request, isPulls).catch(untold)) ?? []
      const open = pulls.find(({ state }) => state === 'open')
      return open && `pull request #${open.number} (to ${open.base.ref}), which is not merged`
    },
    close: () => http.close(),
  }
}

/** A server that is down, or refuses the token, is no reason to end the wait: Git itself may still be asked. */
function untold(error: unknown): undefined {
  if (error instanceof Failure) return undefined
  throw error
}
