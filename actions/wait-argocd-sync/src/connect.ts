import { type Argocd, createArgocd } from '@mlops-actions/argocd'
import { createHttp } from '@mlops-actions/http'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** Argo CD by the way that the inputs name. */
export async function connect(inputs: Inputs, world: ActionWorld): Promise<Argocd> {
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  const http = createHttp(world, {
    caCert,
    headers: Object.fromEntries(inputs.extraHeaders),
    requestTimeout: inputs.requestTimeout,
    deadline: world.now() + inputs.timeout,
    trustedOrigins: [inputs.url],
  })
  return createArgocd(http, { url: inputs.url, token: inputs.token })
}
