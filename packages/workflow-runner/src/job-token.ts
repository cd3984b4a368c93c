import type { RunOptions, TokenRequest } from './run-types.ts'

/** The GITHUB_TOKEN of one job; empty where the run has none. */
export function tokenFor({ githubToken }: RunOptions, request: TokenRequest): string {
  return typeof githubToken === 'function' ? githubToken(request) : (githubToken ?? '')
}
