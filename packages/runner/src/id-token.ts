import { Failure, type World } from '@mlops-actions/diagnostics'
import { createHttp, record, string } from '@mlops-actions/http'

/**
 * A token of GitHub's OIDC provider for that audience, asked for as `getIDToken` of @actions/core does
 * (https://docs.github.com/actions/reference/security/oidc): GET the job's URL with the audience, and its bearer token.
 * @throws Failure `auth` where the job may not ask for one, and what the answer or its absence means
 */
export async function requestIdToken(world: World, audience: string): Promise<string> {
  const address = world.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''
  const token = world.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''
  if (address === '' || token === '') throw noPermission()
  const url = addressOf(address)
  url.searchParams.set('audience', audience)
  // The runner names this URL, on GitHub's servers and on those of an enterprise.
  const http = createHttp(world, { trustedOrigins: [url.origin] })
  try {
    const { value } = await http.json(
      {
        url,
        headers: { authorization: `Bearer ${token}` },
        what: 'Cannot get an OIDC token from GitHub',
        explain: adviceFor,
      },
      record({ value: string }),
    )
    return value
  } finally {
    http.close()
  }
}

function addressOf(text: string): URL {
  if (URL.canParse(text)) return new URL(text)
  throw new Failure({
    kind: 'config',
    code: 'ID_TOKEN_URL',
    what: 'Cannot get an OIDC token from GitHub',
    on: 'ACTIONS_ID_TOKEN_REQUEST_URL',
    seen: 'it is no URL',
    next: 'Leave this variable to the runner: a step or the image of the container has set it',
  })
}

/** For 429 and the like the client itself knows best. */
function adviceFor({ status }: { readonly status: number }): { readonly next: string } | undefined {
  if (status === 401 || status === 403) return { next: REFUSED }
  return status >= 500 ? { next: TRY_AGAIN } : undefined
}

const REFUSED =
  'Look at `permissions` of the job: it needs `id-token: write`; a run of hours may not ask any more'
const TRY_AGAIN = 'Run the job again; if it stays, look at https://www.githubstatus.com'

function noPermission(): Failure {
  return new Failure({
    kind: 'auth',
    code: 'ID_TOKEN_PERMISSION',
    what: 'Cannot get an OIDC token from GitHub',
    on: 'this job',
    seen: 'it has no permission to ask for one (a workflow triggered from a fork never has)',
    next: 'Add `permissions: { id-token: write }` to the job, and to the job that calls it',
  })
}
