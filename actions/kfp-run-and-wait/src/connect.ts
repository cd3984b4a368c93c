import type { World } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient, type HttpOptions } from '@mlops-actions/http'
import { createKfp, type Kfp, resolveAddress } from '@mlops-actions/kfp'
import { createMlflow, type Mlflow } from '@mlops-actions/mlflow'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** Everything that this step talks to. Each server has a client of its own, so that none sees another's credentials. */
export interface Connection {
  readonly http: HttpClient
  readonly kfp: Kfp
  readonly mlflow: Mlflow | undefined
  /** For AWS: the same certificates and deadlines, and no headers of ours. */
  readonly aws: HttpClient
  /** The same KFP for what has to be done after a cancel. */
  readonly again: (world: World) => Kfp
}

export async function connect(inputs: Inputs, world: ActionWorld, deadline: number): Promise<Connection> {
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  const shared: HttpOptions = { caCert, requestTimeout: inputs.requestTimeout, deadline }
  const options: HttpOptions = {
    ...shared,
    headers: { ...Object.fromEntries(inputs.extraHeaders), ...bearer(inputs.token) },
    trustedOrigins: [inputs.url],
  }
  const http = createHttp(world, options)
  const address = await resolveAddress(http, inputs.url)
  world.log.info(`Kubeflow Pipelines ${address.version} at ${address.api}`)
  return {
    http,
    kfp: createKfp(http, address),
    mlflow:
      inputs.mlflowUrl === undefined ? undefined : connectMlflow(inputs, world, inputs.mlflowUrl, shared),
    aws: createHttp(world, shared),
    again: (fresh) => createKfp(createHttp(fresh, { ...options, retries: 1, deadline: undefined }), address),
  }
}

function connectMlflow(inputs: Inputs, world: World, url: string, shared: HttpOptions): Mlflow {
  const headers = mlflowCredentials(inputs, world)
  return createMlflow(createHttp(world, { ...shared, headers, trustedOrigins: [url] }), { url })
}

/** MLflow's own variables, by its own order: a password wins over a token (mlflow/utils/rest_utils.py). */
function mlflowCredentials({ mlflowToken }: Inputs, { env, mask }: World): Readonly<Record<string, string>> {
  if (mlflowToken !== undefined) return bearer(mlflowToken)
  const user = env['MLFLOW_TRACKING_USERNAME'] ?? ''
  const password = env['MLFLOW_TRACKING_PASSWORD'] ?? ''
  const token = env['MLFLOW_TRACKING_TOKEN'] ?? ''
  for (const given of [password, token]) if (given !== '') mask(given)
  if (user !== '' && password !== '') {
    const basic = Buffer.from(`${user}:${password}`).toString('base64')
    mask(basic)
    return { authorization: `Basic ${basic}` }
  }
  return token === '' ? {} : bearer(token)
}

function bearer(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` }
}
