import type { World } from '@mlops-actions/diagnostics'
import { createGitHub } from '@mlops-actions/github'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import type { Pull } from '@mlops-actions/sandbox/github'
import { git } from '../../../test/harness/server-git.ts'
import {
  type BumpRequest,
  type BumpResult,
  decideBump,
  formatPullRequest,
  type GitHubBranchOptions,
  headBranchName,
  type Proposal,
  type PullRequestWish,
  proposeChange,
} from '../src/index.ts'
import { createWorld, FILE, type Fixture, request, startFixture, TOKEN } from './fixture.ts'

const subject = { service: 'churn', key: ['acme/churn', 'main', FILE, 'churn', 'image'] }
export const HEAD = headBranchName(subject)

export interface ProposalFixture extends Fixture {
  readonly base: GitHubBranchOptions
  /** By another token than the usual one. */
  baseOf(token: string): GitHubBranchOptions
  propose(asked: BumpRequest, more?: ProposeOptions): ReturnType<typeof proposeChange<BumpResult>>
  pull(number?: number): Pull
  /** The commits of the head branch that the base does not have. */
  ahead(): Promise<readonly string[]>
  git(...args: Parameters<typeof git> extends [unknown, ...infer Rest] ? Rest : never): Promise<string>
}

interface ProposeOptions extends Partial<PullRequestWish> {
  readonly world?: World
  readonly waitsForMerge?: boolean
  readonly base?: GitHubBranchOptions
  /** Between the look at what is there and what is done about it. */
  readonly check?: () => Promise<void>
}

/** What the action makes of a bump. */
export function proposalOf(
  asked: BumpRequest,
  { waitsForMerge = false, check, ...wish }: ProposeOptions = {},
): Proposal<BumpResult> {
  return {
    paths: [FILE],
    decide: (state, first) => decideBump(asked, state, first),
    isThere: ({ outcome }) => outcome === 'already-there',
    givesWay: true,
    subject: () => subject,
    waitsForMerge,
    check,
    wish: ({ diff }, message) => ({
      ...formatPullRequest({ title: undefined, message, values: [], diff, links: [] }),
      labels: [],
      reviewers: [],
      teamReviewers: [],
      ...wish,
    }),
  }
}

export function byRun(image: string, runId: string): BumpRequest {
  const asked = request(`registry.example/churn:${image}`)
  return { ...asked, order: { ...asked.order, run: { ...asked.order.run, runId } } }
}

export async function startProposalFixture(): Promise<ProposalFixture> {
  const fixture = await startFixture()
  const clients: HttpClient[] = []
  const { github, repository } = fixture
  const baseOf = (token: string): GitHubBranchOptions => {
    const http = createHttp(createWorld(), { trustedOrigins: [github.url] })
    clients.push(http)
    const client = createGitHub(createWorld(), { apiUrl: github.apiUrl, token, http })
    const name = { owner: 'acme', name: 'gitops' }
    return { github: client, repository: name, branch: 'main', serverUrl: github.url }
  }
  const base = baseOf(TOKEN)
  return {
    ...fixture,
    base,
    baseOf,
    propose: (asked, more = {}) =>
      proposeChange(more.world ?? createWorld(), more.base ?? base, proposalOf(asked, more)),
    pull: (number = 1) => {
      const found = repository.pulls[number - 1]
      if (found === undefined) throw new Error(`there is no #${number}`)
      return found
    },
    ahead: async () => {
      const lines = await git(repository, 'rev-list', `main..${HEAD}`)
      return lines === '' ? [] : lines.split('\n')
    },
    git: (...args) => git(repository, ...args),
    close: async () => {
      for (const http of clients) http.close()
      await fixture.close()
    },
  }
}
