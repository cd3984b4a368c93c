import { type Argocd, type Credentials, cookie, signIn } from '@mlops-actions/argocd'
import { createHttp, type HttpOptions } from '@mlops-actions/http'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from '../inputs.ts'

/**
 * Argo CD by the way that the inputs name: its own API server, that one behind the service proxy of the Kubernetes API, or
 * the Kubernetes API alone. What speaks to clusters is loaded only where one is asked.
 */
export async function connect(inputs: Inputs, world: ActionWorld): Promise<Argocd> {
  const deadline = world.now() + inputs.timeout
  if (inputs.auth === 'kubernetes') {
    const { connectCore } = await import('./connect-core.ts')
    return connectCore(inputs, world, deadline)
  }
  const options: HttpOptions = {
    caCert: await readCaCert(inputs.caCert, world.context.workspace),
    headers: Object.fromEntries(inputs.extraHeaders),
    requestTimeout: inputs.requestTimeout,
    deadline,
  }
  if (inputs.serviceProxy !== undefined) {
    const { openProxy } = await import('./service-proxy.ts')
    const { http, url } = await openProxy(inputs, world, options, inputs.serviceProxy)
    return signIn(world, http, {
      url,
      credentials: credentialsOf(inputs, world, url),
      carrier: cookie,
      deadline,
    })
  }
  const { url = '' } = inputs
  const http = createHttp(world, { ...options, trustedOrigins: [url] })
  return signIn(world, http, { url, credentials: credentialsOf(inputs, world, url), deadline })
}

/** @param url of Argo CD: the audience that GitHub's token is for, unless another is given */
function credentialsOf(inputs: Inputs, { idToken }: ActionWorld, url: string): Credentials {
  const {
    auth,
    token = '',
    username = '',
    password = '',
    oidcAudience,
    oidcExchange,
    dexConnectorId,
  } = inputs
  if (auth === 'password') return { kind: 'password', username, password }
  if (auth !== 'github-oidc') return { kind: 'token', token }
  const ask = () => idToken(oidcAudience ?? inputs.url ?? url)
  return oidcExchange === 'none'
    ? { kind: 'id-token', idToken: ask }
    : { kind: 'dex', connector: dexConnectorId, idToken: ask }
}
