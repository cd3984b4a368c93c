import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EcrServer } from '@mlops-actions/sandbox/ecr'
import { type EcrAccounts, startEcrAccounts } from '@mlops-actions/sandbox/ecr-accounts'
import { type IdentityServer, startIdentity } from '@mlops-actions/sandbox/identity'
import { addRepository, type EcrRepository, MEDIA_TYPES } from '@mlops-actions/sandbox/registry'
import type { PolicyDocument } from '@mlops-actions/sandbox/s3'
import { type BundleOptions, runBundle, type StepResult } from '../../../test/harness/bundle.ts'
import { readmePolicy } from '../../../test/harness/readme-policy.ts'
import { type EndedStep, runStep } from '../../../test/harness/step.ts'
import { inputs as schema } from '../src/inputs.ts'
import { run } from '../src/run.ts'

export const STAGING_ROLE = 'arn:aws:iam::111111111111:role/ml-read'
export const PROD_ROLE = 'arn:aws:iam::222222222222:role/ml-promote'
/** May set tags within the repositories of staging. */
export const RETAG_ROLE = 'arn:aws:iam::111111111111:role/ml-retag'

/**
 * A company with an account for staging and one for production, in two regions, and a job without any key: its roles have
 * the policies of the README.
 */
export interface Fixture {
  readonly accounts: EcrAccounts
  readonly staging: EcrServer
  readonly prod: EcrServer
  readonly source: EcrRepository
  readonly target: EcrRepository
  /** The digest of `ml/churn:v1` of staging. */
  readonly digest: string
  promote(inputs?: Record<string, string>, options?: Omit<BundleOptions, 'inputs'>): Promise<StepResult>
  /** In this process. */
  promoteHere(inputs?: Record<string, string>): Promise<EndedStep>
  close(): Promise<void>
}

export async function startFixture(
  layers: readonly (string | Buffer)[] = ['base', 'model'],
): Promise<Fixture> {
  const accounts = await startEcrAccounts(
    [
      { accountId: '111111111111', region: 'eu-west-1' },
      { accountId: '222222222222', region: 'us-east-1' },
    ],
    { principals: [] },
  )
  const [staging, prod] = accounts.servers
  if (staging === undefined || prod === undefined) throw new Error('two servers were asked for')
  const identity = await startIdentity({
    roleArn: STAGING_ROLE,
    otherRoles: [PROD_ROLE, RETAG_ROLE],
    repository: 'octo/churn',
    admit: (principal) => accounts.principals.push({ ...principal, policy: policyOf(principal.arn) }),
    now: Date.now,
  })
  const source = addRepository(staging.state.registry, 'ml/churn', 0)
  const given = {
    image: `${staging.registryServer.host}/ml/churn:v1`,
    registry: prod.registryServer.host,
    tags: 'v1,live',
    'source-role-to-assume': STAGING_ROLE,
    'source-aws-region': 'eu-west-1',
    'role-to-assume': PROD_ROLE,
    'aws-region': 'us-east-1',
  }
  const env = environment(accounts, identity)
  const temp = await mkdtemp(join(tmpdir(), 'ecr-promote-'))
  return {
    accounts,
    staging,
    prod,
    source,
    target: addRepository(prod.state.registry, 'ml/churn', 0),
    digest: storeImage(source, 'v1', layers),
    promote: (inputs = {}, options = {}) =>
      runBundle('ecr-promote', {
        ...options,
        inputs: { ...given, ...inputs },
        env: { ...env, ...options.env },
      }),
    promoteHere: (inputs = {}) =>
      runStep(
        { name: 'ecr-promote', inputs: schema, run },
        { workspace: temp, temp, inputs: { ...given, ...inputs }, env },
      ),
    close: async () => {
      await Promise.all([accounts.close(), identity.close(), rm(temp, { recursive: true })])
    },
  }
}

function policyOf(arn: string): PolicyDocument {
  if (arn.includes('/ml-read/')) return readmePolicy('ecr-promote', 'ReadToken')
  if (arn.includes('/ml-promote/')) return readmePolicy('ecr-promote', 'PromoteToken')
  return readmePolicy('ecr-promote', 'Retag')
}

function environment(accounts: EcrAccounts, identity: IdentityServer): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_ECR: accounts.url,
    AWS_ENDPOINT_URL_STS: identity.stsUrl,
    AWS_EC2_METADATA_DISABLED: 'true',
    ACTIONS_ID_TOKEN_REQUEST_URL: identity.idToken.url,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: identity.idToken.token,
  }
}

/** Stores an image for linux/amd64 and returns its digest. */
export function storeImage(
  repository: EcrRepository,
  tag: string,
  layers: readonly (string | Buffer)[],
): string {
  const blob = (bytes: string | Buffer, mediaType: string) => {
    const digest = digestOf(bytes)
    repository.blobs.set(digest, Buffer.from(bytes))
    return { mediaType, digest, size: Buffer.byteLength(bytes) }
  }
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.ociManifest,
    config: blob('{"os":"linux","architecture":"amd64"}', MEDIA_TYPES.ociConfig),
    layers: layers.map((layer) => blob(layer, MEDIA_TYPES.ociLayer)),
  })
  const digest = digestOf(manifest)
  const stored = { digest, mediaType: MEDIA_TYPES.ociManifest, bytes: Buffer.from(manifest), pushedAt: 0 }
  repository.manifests.set(digest, stored)
  repository.tags.set(tag, digest)
  return digest
}

function digestOf(bytes: string | Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
