import { ECRClient } from '@aws-sdk/client-ecr'
import { type AwsOptions, clientConfig } from './client.ts'
import type { RetryOptions } from './retry.ts'

/** A client of the ECR control plane, which waits on the clock of a world between two attempts; a custom endpoint comes from AWS_ENDPOINT_URL_ECR, as everywhere in the SDK. */
export function createEcr(options: AwsOptions & { readonly retry: RetryOptions }): ECRClient {
  return new ECRClient(clientConfig(options))
}

export * from '@aws-sdk/client-ecr'
export { createEcrPublic, ECR_PUBLIC_REGION, tokenOf } from './ecr-public.wire.ts'
