import * as core from '@actions/core'
import { Failure, messageOf } from '@mlops-actions/diagnostics'

/**
 * A token of GitHub's OIDC provider for that audience.
 * @throws Failure `auth` where the job may not ask for one, `upstream` where GitHub does not answer
 */
export async function requestIdToken(audience: string): Promise<string> {
  if ((process.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '') === '') {
    throw new Failure({
      kind: 'auth',
      code: 'ID_TOKEN_PERMISSION',
      what: 'Cannot get an OIDC token from GitHub',
      on: 'this job',
      seen: 'it has no permission to ask for one (a workflow triggered from a fork never has)',
      next: 'Add `permissions: { id-token: write }` to the job, and to the job that calls it',
    })
  }
  return core.getIDToken(audience).catch((cause: unknown) => {
    throw new Failure({
      kind: 'upstream',
      code: 'ID_TOKEN',
      what: 'Cannot get an OIDC token from GitHub',
      on: "GitHub's OIDC provider",
      seen: messageOf(cause),
      next: 'Run the job again; if it stays, look at https://www.githubstatus.com',
      cause,
    })
  })
}
