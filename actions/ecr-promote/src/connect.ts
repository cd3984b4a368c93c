import { resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createEcr } from '@mlops-actions/aws/ecr'
import { createLogin, type Place, parseRegistryHost, registryUrl } from '@mlops-actions/ecr'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** How many requests' time one call may take, when it has to be repeated. */
const REQUESTS = 3

export interface Ends {
  readonly source: Place
  readonly target: Place
  /** Closes the sockets of both. */
  readonly close: () => void
}

/** One end, as the inputs name it. */
interface End {
  readonly host: string
  readonly repository: string
  readonly role: string | undefined
  readonly region: string | undefined
  readonly input: 'image' | 'registry'
  readonly roleInput: string
}

/** Clients of both ends, each with the credentials and the region of its own; nothing is asked yet. */
export async function connect(inputs: Inputs, world: ActionWorld): Promise<Ends> {
  const { env, context } = world
  const { image, requestTimeout } = inputs
  const { host: from } = image
  const to = inputs.registry ?? from
  const caCert = await readCaCert(inputs.caCert, context.workspace)
  const endpoints = [env['AWS_ENDPOINT_URL_ECR'], env['AWS_ENDPOINT_URL']].filter(isGiven)
  const trustedOrigins = [...endpoints, registryUrl(from), registryUrl(to)]
  const http = createHttp(world, { requestTimeout, idleTimeout: requestTimeout, caCert, trustedOrigins })
  const source = openEnd(inputs, world, http, {
    host: from,
    repository: image.repository,
    role: inputs.sourceRoleToAssume ?? inputs.roleToAssume,
    region: inputs.sourceAwsRegion,
    input: 'image',
    roleInput: inputs.sourceRoleToAssume === undefined ? 'role-to-assume' : 'source-role-to-assume',
  })
  const target = openEnd(inputs, world, http, {
    host: to,
    repository: inputs.repository ?? image.repository,
    role: inputs.roleToAssume,
    region: inputs.awsRegion,
    input: 'registry',
    roleInput: 'role-to-assume',
  })
  const close = (): void => {
    for (const { ecr } of [source, target]) ecr.client.destroy()
    http.close()
  }
  return { source, target, close }
}

function openEnd({ requestTimeout }: Inputs, world: ActionWorld, http: HttpClient, end: End): Place {
  const { env, context, idToken } = world
  const { host, role, input, roleInput } = end
  const region = resolveRegion(world, { input: end.region, resource: host })
  const sessionName = `mlops-actions-${context.runId}`
  const credentials = roleCredentials(world, { role, region, idToken, sessionName })
  const client = createEcr({ http, region, credentials, requestTimeout, env })
  const ecr = { client, patience: REQUESTS * requestTimeout }
  const repository = { name: end.repository, account: parseRegistryHost(host).account }
  return { ecr, http, host, repository, login: createLogin(world, ecr, host, input), roleInput }
}

function isGiven(url: string | undefined): url is string {
  return url !== undefined && url !== ''
}
