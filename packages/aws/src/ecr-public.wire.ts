import { ECRClient, type ECRClientConfig } from '@aws-sdk/client-ecr'
import { type AwsOptions, clientConfig } from './client.ts'
import type { RetryOptions } from './retry.ts'

/** The one region that gives tokens (ECR Public API reference, "Endpoints"). */
export const ECR_PUBLIC_REGION = 'us-east-1'

const API = `https://api.ecr-public.${ECR_PUBLIC_REGION}.amazonaws.com`

/**
 * A client of ECR Public. Its API is a branch of ECR's: the operations that we send (GetAuthorizationToken, CreateRepository,
 * DescribeRepositories, DescribeImages, PutImage, ListTagsForResource) have the same names, members and exceptions, which
 * tests hold against the model of `@aws-sdk/client-ecr-public`. So it is ECR's client that asks another service, and 0.6 MB
 * of a second one need not be there. An endpoint of somebody's own comes from AWS_ENDPOINT_URL_ECR_PUBLIC, as in the SDK.
 */
export function createEcrPublic(
  options: Omit<AwsOptions, 'region'> & { readonly retry: RetryOptions },
): ECRClient {
  const other = {
    serviceId: 'ECR PUBLIC',
    signingName: 'ecr-public',
    endpointProvider: ({ Endpoint = API }: { readonly Endpoint?: string }) => ({ url: new URL(Endpoint) }),
    protocolSettings: {
      defaultNamespace: 'com.amazonaws.ecr',
      serviceTarget: 'SpencerFrontendService',
      xmlNamespace: 'http://ecr-public.amazonaws.com/doc/2020-10-30/',
      version: '2020-10-30',
    },
  }
  // What the SDK's own clients differ in is not all in the type of their configuration.
  return new ECRClient({
    ...clientConfig({ ...options, region: ECR_PUBLIC_REGION }),
    ...other,
  } as ECRClientConfig)
}

/** ECR Public gives one token, and not a list of them: the one member that differs. */
export function tokenOf(answer: { readonly authorizationData?: unknown }): string {
  const { authorizationToken } = Object(answer.authorizationData) as { readonly authorizationToken?: unknown }
  return typeof authorizationToken === 'string' ? authorizationToken : ''
}
