import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import { compareCommits, createGitHub, type RepositoryName } from '@mlops-actions/github'
import { createHttp } from '@mlops-actions/http'
import { patiently } from '../branch/patience.ts'

/** Whether a commit of the product has this run's one in its history; where that is not known, or neither has the other, `no`. */
type ContainsOurs = 'yes' | 'no'

/** What is known of how other commits of the product stand to the one of this run. */
export interface Ancestry {
  /** Undefined before it was learned. */
  containsOurs(commit: string): ContainsOurs | undefined
  learn(commits: readonly string[]): Promise<void>
}

export interface ProductPlace {
  readonly apiUrl: string
  readonly token: string
  readonly repository: RepositoryName
  /** The commit of this run. */
  readonly sha: string
  /** Milliseconds. */
  readonly requestTimeout: number
  readonly caCert: string | undefined
}

/**
 * Asks GitHub how commits of the product relate, each once. A history that cannot be read (a token without the right, a
 * commit that a force push took away) is no reason to stop a deployment: then run ids decide alone, and it is said.
 */
export function createAncestry(world: World, place: ProductPlace): Ancestry {
  const known = new Map<string, ContainsOurs>()
  return {
    containsOurs: (commit) => known.get(commit),
    async learn(commits) {
      const http = createHttp(world, {
        requestTimeout: place.requestTimeout,
        trustedOrigins: [new URL(place.apiUrl).origin],
        ...(place.caCert === undefined ? {} : { caCert: place.caCert }),
      })
      try {
        const { apiUrl, token, repository, sha } = place
        const github = createGitHub(world, { apiUrl, token, http })
        for (const commit of commits) {
          const compared = patiently(world, () => compareCommits(github, repository, sha, commit))
          const comparison = await compared.catch((thrown: unknown) => notKnown(world, commit, thrown))
          known.set(commit, comparison === 'ahead' ? 'yes' : 'no')
        }
      } finally {
        http.close()
      }
    },
  }
}

function notKnown({ log }: World, commit: string, thrown: unknown): undefined {
  // An outage passes, and whoever runs again learns it; a missing right or commit stays.
  if (!(thrown instanceof Failure) || thrown.kind === 'cancelled' || thrown.retryable) throw thrown
  const unknown = `Whether ${commit.slice(0, 12)}, which is deployed, is newer than this run's commit is not known`
  log.warn(`${unknown}; the run ids decide. ${messageOf(thrown)}`)
}
