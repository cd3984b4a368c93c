import { randomBytes } from 'node:crypto'
import type { ArgocdState } from '../argocd/index.ts'
import type { GitHubState, Grant } from '../github/index.ts'
import type { KubernetesState, RbacRule } from '../kubernetes/index.ts'
import type { PolicyDocument, Principal } from '../sigv4/index.ts'

/** Who may do what; drawn anew for every sandbox, so that a masked value is never a word of its logs. */
export interface SandboxCredentials {
  /** Reads and writes the bucket and the registry: the person who runs the account. */
  readonly aws: Principal
  /** The role of the predictor's ServiceAccount: reads the bucket. */
  readonly modelReader: Principal
  /** The role of the nodes: pulls images. */
  readonly node: Principal
  /** Writes the product repository: the person who pushes. */
  readonly developerToken: string
  /** Writes the GitOps repository. */
  readonly gitopsToken: string
  readonly argocdToken: string
  readonly kubernetesToken: string
  readonly kfpToken: string
}

export interface RepositoryNames {
  readonly product: string
  readonly gitops: string
}

export function createCredentials(accountId: string, bucket: string): SandboxCredentials {
  const secret = (prefix: string): string => `${prefix}${randomBytes(18).toString('hex')}`
  const principal = (role: string): Principal => ({
    arn: `arn:aws:iam::${accountId}:role/${role}`,
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: secret('sk'),
  })
  return {
    aws: principal('ci'),
    modelReader: { ...principal('churn-predictor'), policy: readOnly(bucket) },
    node: { ...principal('node'), policy: PULL_ONLY },
    developerToken: secret('ghp_'),
    gitopsToken: secret('ghs_'),
    argocdToken: secret('argo'),
    kubernetesToken: secret('k8s'),
    kfpToken: secret('kfp'),
  }
}

function readOnly(bucket: string): PolicyDocument {
  return {
    Statement: [
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${bucket}` },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
    ],
  }
}

/** AWS's managed policy AmazonEC2ContainerRegistryPullOnly. */
const PULL_ONLY: PolicyDocument = {
  Statement: [
    {
      Effect: 'Allow',
      Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: '*',
    },
  ],
}

/** Tokens of the GitHub server, each with the least that its holder needs. */
export function githubGrants(
  credentials: SandboxCredentials,
  { product, gitops }: RepositoryNames,
): Record<string, Grant> {
  const [ours, theirs] = [product.toLowerCase(), gitops.toLowerCase()]
  return {
    [credentials.developerToken]: { login: 'ada', access: { [ours]: 'write', [theirs]: 'write' } },
    [credentials.gitopsToken]: { login: 'mlops-bot[bot]', access: { [theirs]: 'write' } },
  }
}

/** `permissions:` of a job; a name that is absent is `none`. */
export type JobPermissions = Readonly<Record<string, string>>

/** A new token for one job of the product, as GitHub issues it: it reaches no other repository. */
export function issueJobToken(state: GitHubState, product: string, permissions: JobPermissions): string {
  const token = `ghs_${randomBytes(18).toString('hex')}`
  const { contents } = permissions
  const access: Grant['access'] =
    contents === 'read' || contents === 'write' ? { [product.toLowerCase()]: contents } : {}
  state.tokens.set(token, { login: 'github-actions[bot]', access })
  return token
}

/** Replaces the well-known tokens that single servers begin with. */
export function grantCluster(
  state: KubernetesState,
  { kubernetesToken }: SandboxCredentials,
  rules: readonly RbacRule[] | undefined,
): void {
  state.tokens.clear()
  state.tokens.set(kubernetesToken, {
    username: 'system:serviceaccount:ml:deployer',
    groups: ['system:authenticated'],
    ...(rules && { rules }),
  })
}

export function grantArgocd(state: ArgocdState, { argocdToken }: SandboxCredentials): void {
  state.tokens.clear()
  state.tokens.set(argocdToken, { username: 'ci' })
  // It looks; Argo CD syncs by itself.
  for (const action of ['sync', 'override', 'delete'] as const) state.deny.push({ user: 'ci', action })
}
