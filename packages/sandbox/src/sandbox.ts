import { type ArgocdServer, createArgocdState, startArgocd } from './argocd/index.ts'
import { pullImage } from './containers/index.ts'
import { type EcrServer, startEcr } from './ecr/index.ts'
import { type GitHubServer, startGitHub } from './github/index.ts'
import { createS3Artifacts, type KfpServer, startKfp } from './kfp/index.ts'
import { type KServeServer, startKServe } from './kserve/index.ts'
import { type KubernetesServer, type RbacRule, realClock, startKubernetes } from './kubernetes/index.ts'
import { type MlflowServer, startMlflow } from './mlflow/index.ts'
import { addRepository, issuePassword } from './registry/index.ts'
import { type PolicyDocument, type Principal, type S3Server, startS3 } from './s3/index.ts'
import {
  createCredentials,
  githubGrants,
  grantArgocd,
  grantCluster,
  issueJobToken,
  type JobPermissions,
  type SandboxCredentials,
} from './whole/credentials.ts'
import { type IdentityServer, startIdentity } from './whole/identity.ts'

export interface SandboxOptions {
  /** Default `ml-prod`. Holds the DVC remote, published models and the artifacts of pipelines. */
  readonly bucket?: string
  /** ECR repositories; default `churn` and `churn-training`. */
  readonly images?: readonly string[]
  /** `owner/name`; default `octo/churn`. */
  readonly product?: string
  /** `owner/name`; default `octo/gitops`. Readable by everybody, as Argo CD here has no token. */
  readonly gitops?: string
  /** What the role of `roleArn` may do; default: everything. */
  readonly rolePolicy?: PolicyDocument
  /** What the token of the cluster may do; default: everything. */
  readonly clusterRules?: readonly RbacRule[]
  /** Milliseconds between two looks of Argo CD at its repository; default 1 s (a real one: 120 s). */
  readonly argocdPollEvery?: number
  /** Milliseconds before a crashed container starts again, doubled each time; default 300 (a kubelet: 10 s). */
  readonly crashBackOff?: number
}

/** One company's systems, wired together: what is pushed to one is pulled from it by the other. */
export interface Sandbox {
  readonly region: string
  readonly bucket: string
  readonly product: string
  readonly gitops: string
  readonly credentials: SandboxCredentials
  readonly s3: S3Server
  /** ECR's API; its registry is `ecr.registryServer`. */
  readonly ecr: EcrServer
  readonly kubernetes: KubernetesServer
  readonly kserve: KServeServer
  readonly argocd: ArgocdServer
  readonly kfp: KfpServer
  readonly mlflow: MlflowServer
  readonly github: GitHubServer
  /** Hands id tokens to jobs of the product, and temporary credentials for them. */
  readonly identity: IdentityServer
  /** What GitHub hands to a job of the product as `github.token`: no more than the job's `permissions` allow. */
  readonly jobToken: (permissions: JobPermissions) => string
  /** The role that jobs of the product may assume by their id token. */
  readonly roleArn: string
  /** Variables by which the AWS SDK finds region and servers; no credentials are among them. */
  readonly awsEnvironment: Readonly<Record<string, string>>
  /** A user name and password that `docker` may push and pull with. */
  readonly registryAuth: { readonly username: string; readonly password: string }
  /** Ends every server and every process that runs on them. */
  close(): Promise<void>
}

const REGION = 'eu-west-1'
const ACCOUNT = '123456789012'
const ROLE = `arn:aws:iam::${ACCOUNT}:role/churn-ci`

/** Starts all servers of the sandbox on loopback, with empty repositories, no models and no applications. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const stack: { close(): Promise<void> }[] = []
  const close = async (): Promise<void> => {
    for (const server of stack.splice(0).reverse()) await server.close()
  }
  const keep = async <T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const server = await starting
    stack.push(server)
    return server
  }
  try {
    return { ...(await startAll(options, keep)), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Keep = <T extends { close(): Promise<void> }>(starting: Promise<T>) => Promise<T>

async function startAll(options: SandboxOptions, keep: Keep): Promise<Omit<Sandbox, 'close'>> {
  const { bucket = 'ml-prod', product = 'octo/churn', gitops = 'octo/gitops' } = options
  const credentials = createCredentials(ACCOUNT, bucket)
  const principals = [credentials.aws, credentials.modelReader, credentials.node]
  const s3 = await keep(startS3({ region: REGION, buckets: [bucket], principals }))
  const ecr = await keep(startEcr({ region: REGION, accountId: ACCOUNT, principals }))
  const { registry } = ecr.state
  for (const name of options.images ?? ['churn', 'churn-training'])
    addRepository(registry, name, realClock.now())
  const loginOf = (principal: Principal) => ({
    username: 'AWS',
    password: issuePassword(registry, principal, realClock.now()).password,
  })
  const registryAuth = loginOf(credentials.aws)
  const pullAuth = loginOf(credentials.node)
  const github = await startGitHubOf(keep, credentials, { product, gitops })
  const mlflow = await keep(startMlflow())
  const kfp = await keep(
    startKfp({
      pullImage,
      registryAuth: pullAuth,
      artifacts: createS3Artifacts(s3.state),
      pipelineRoot: `s3://${bucket}/kfp/artifacts`,
      tokens: [credentials.kfpToken],
    }),
  )
  const cluster = await startCluster(options, keep, { s3, credentials, registryAuth: pullAuth })
  const identity = await keep(
    startIdentity({
      roleArn: ROLE,
      repository: product,
      now: realClock.now,
      admit: (session) => {
        const { rolePolicy: policy } = options
        const principal = { ...session, ...(policy && { policy }) }
        s3.state.principals.push(principal)
        ecr.state.principals.push(principal)
      },
    }),
  )
  const servers = { s3, ecr, github, mlflow, kfp, identity, ...cluster }
  const access = { credentials, registryAuth, roleArn: ROLE, awsEnvironment: awsVariables(servers) }
  const jobToken = (permissions: JobPermissions): string => issueJobToken(github.state, product, permissions)
  return { region: REGION, bucket, product, gitops, jobToken, ...access, ...servers }
}

async function startGitHubOf(
  keep: Keep,
  credentials: SandboxCredentials,
  names: { readonly product: string; readonly gitops: string },
): Promise<GitHubServer> {
  const github = await keep(startGitHub({ tokens: githubGrants(credentials, names) }))
  await github.createRepository(names.product, { isPrivate: true })
  await github.createRepository(names.gitops)
  return github
}

async function startCluster(
  options: SandboxOptions,
  keep: Keep,
  { s3, credentials, registryAuth }: Pick<Sandbox, 's3' | 'credentials' | 'registryAuth'>,
): Promise<Pick<Sandbox, 'kubernetes' | 'kserve' | 'argocd'>> {
  const kubernetes = await keep(startKubernetes())
  grantCluster(kubernetes.state, credentials, options.clusterRules)
  const { accessKeyId, secretAccessKey } = credentials.modelReader
  const kserve = await keep(
    startKServe({
      state: kubernetes.state,
      registryAuth,
      storage: { endpoint: s3.url, region: REGION, accessKeyId, secretAccessKey },
      timings: { crashBackOff: options.crashBackOff ?? 300, probeEvery: 50 },
    }),
  )
  const state = createArgocdState(kubernetes.state)
  grantArgocd(state, credentials)
  const timings = { pollEvery: options.argocdPollEvery ?? 1_000 }
  const argocd = await keep(startArgocd({ kubernetes: kubernetes.state, state, timings }))
  return { kubernetes, kserve, argocd }
}

function awsVariables({
  s3,
  ecr,
  identity,
}: Pick<Sandbox, 's3' | 'ecr' | 'identity'>): Readonly<Record<string, string>> {
  return {
    AWS_REGION: REGION,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_ENDPOINT_URL_ECR: ecr.url,
    AWS_ENDPOINT_URL_STS: identity.stsUrl,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}
