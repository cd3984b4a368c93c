import { Failure } from '@mlops-actions/diagnostics'
import { isHtml } from '@mlops-actions/http'
import type { Purpose } from './client.ts'

/**
 * The same `fetch`, but a web page in place of an answer is what it is: a login. GitHub's API has pages only for its own
 * breakdowns and for who asks too much, which stay what their status says.
 * @throws Failure GH_LOGIN_PAGE
 */
export function checkedFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (response.status < 500 && response.status !== 429 && (await isPage(response)))
      throw loginPage(response)
    return response
  }
}

async function isPage(response: Response): Promise<boolean> {
  const body = Buffer.from(await response.clone().arrayBuffer())
  return isHtml({ headers: Object.fromEntries(response.headers), body })
}

function loginPage({ status, url }: Response): Failure {
  return new Failure({
    kind: 'auth',
    code: 'GH_LOGIN_PAGE',
    what: 'Cannot speak to GitHub',
    on: URL.canParse(url) ? new URL(url).host : 'the API of GitHub',
    seen: `got a login page (HTTP ${status} with HTML) where the API is due`,
    next: 'Check that `GITHUB_API_URL` leads to GitHub and not to a proxy that asks for a login',
  })
}

/** @throws Failure GH_NOT_JSON: the answer was cut, or is none of GitHub's */
export function noJson({ what, on }: Purpose): never {
  throw new Failure({
    kind: 'upstream',
    code: 'GH_NOT_JSON',
    what,
    on,
    seen: 'the answer is empty or cut short: it is no whole JSON',
    next: 'Run the job again; if it stays, look at a proxy before `GITHUB_API_URL`',
  })
}
