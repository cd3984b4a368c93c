import { ECRClient } from '@aws-sdk/client-ecr'
import { type AwsOptions, clientConfig } from './client.ts'

/** A client of the ECR control plane; a custom endpoint comes from AWS_ENDPOINT_URL_ECR, as everywhere in the SDK. */
export function createEcr(options: AwsOptions): ECRClient {
  return new ECRClient(clientConfig(options))
}

export * from '@aws-sdk/client-ecr'
