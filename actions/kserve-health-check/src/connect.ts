import { connectEks } from '@mlops-actions/aws'
import { Failure } from '@mlops-actions/diagnostics'
import { createHttp } from '@mlops-actions/http'
import { type InferenceService, resolveEndpoint } from '@mlops-actions/kserve'
import {
  type Connection,
  createKubernetes,
  type KubernetesClient,
  readPem,
  resolveConnection,
} from '@mlops-actions/kubernetes'
import { parseImageReference } from '@mlops-actions/oci'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Service } from './ask.ts'
import type { Findings } from './findings.ts'
import type { Inputs } from './inputs.ts'
import type { LookRules } from './look.ts'
import type { Pace } from './rollout.ts'

/** Where the objects of the service are read, and what is expected of them. */
export interface Cluster {
  readonly client: KubernetesClient
  readonly rules: LookRules
}

/**
 * The cluster of the service; undefined where there is no access and the rollout need not be proven.
 * @throws Failure `config`
 */
export async function connect(
  inputs: Inputs,
  world: ActionWorld,
  { deadline }: Pace,
  findings: Findings,
): Promise<Cluster | undefined> {
  const connection = await connectionOf(inputs, world)
  if (!inputs.proveRollout) findings.unproven = 'prove-rollout is false'
  if (connection === undefined) {
    if (inputs.proveRollout) throw noAccess(inputs)
    findings.unproven = 'there is no access to the cluster, and prove-rollout is false'
    return undefined
  }
  const { requestTimeout } = inputs
  const namespace = inputs.namespace ?? connection.namespace ?? 'default'
  findings.namespace = namespace
  return {
    client: createKubernetes(world, connection, { requestTimeout, deadline }),
    rules: rulesOf(inputs, namespace),
  }
}

async function connectionOf(inputs: Inputs, world: ActionWorld): Promise<Connection | undefined> {
  const { eksCluster: cluster, awsRegion: region, kubernetesServer: server, requestTimeout } = inputs
  if (cluster === undefined)
    return resolveConnection(world, {
      kubeconfig: inputs.kubeconfig,
      context: inputs.kubernetesContext,
      server,
      token: inputs.kubernetesToken,
      caCert: inputs.caCert,
    })
  const { idToken, context } = world
  const identity = { role: inputs.roleToAssume, idToken, sessionName: `mlops-actions-${context.runId}` }
  const caCert = await readPem(inputs.caCert)
  return connectEks(world, { cluster, region, server, caCert, requestTimeout, ...identity })
}

function rulesOf(inputs: Inputs, namespace: string): LookRules {
  const { name, expectedImage, expectedStorageUri, proveRollout, includePodLogs, settle } = inputs
  const digest = expectedImage === undefined ? undefined : parseImageReference(expectedImage).digest
  return {
    namespace,
    name,
    want: { image: expectedImage, digest, storageUri: expectedStorageUri },
    proveRollout,
    showLogs: includePodLogs,
    settle,
  }
}

/** The endpoint with a client of its own: other credentials, and no retry that would hide what a customer sees. */
export async function openService(
  inputs: Inputs,
  world: ActionWorld,
  isvc: InferenceService | undefined,
  cluster: Cluster | undefined,
  { deadline }: Pace,
): Promise<Service> {
  const endpoint = resolveEndpoint({
    url: inputs.url,
    hostHeader: inputs.hostHeader,
    isvc,
    apiHost: cluster === undefined ? undefined : new URL(`http://${cluster.client.host}`).hostname,
    carriesSecrets: inputs.headers.size > 0,
  })
  const caCert = await readPem(inputs.caCert)
  const http = createHttp(world, {
    trustedOrigins: [endpoint.url],
    headers: Object.fromEntries(inputs.headers),
    requestTimeout: inputs.requestTimeout,
    deadline,
    retries: 0,
    ...(caCert === undefined ? {} : { caCert }),
  })
  return { http, target: { ...endpoint, protocol: inputs.protocol, model: inputs.modelName ?? inputs.name } }
}

function noAccess({ name }: Inputs): Failure {
  return new Failure({
    kind: 'config',
    code: 'CLUSTER_ACCESS',
    what: 'Cannot prove which version serves',
    on: `InferenceService ${name}`,
    seen: 'there is no access to the cluster: neither kubeconfig, eks-cluster nor kubernetes-server is given, and this is no pod',
    next: 'Give kubeconfig, eks-cluster, or kubernetes-server with kubernetes-token and ca-cert; or set prove-rollout: false to check readiness, answers and latency alone',
  })
}
