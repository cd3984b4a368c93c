export { type Addressing, readAddressing } from './addressing.ts'
export type { AwsOptions } from './client.ts'
export {
  type CredentialProvider,
  isRoleArn,
  type RoleOptions,
  roleCredentials,
} from './credentials.ts'
export {
  connectEks,
  type EksAccess,
  type EksConnection,
  type EksConnectionOptions,
  type EksOptions,
  openEks,
} from './eks.ts'
export type { EksEndpoint } from './eks-describe.ts'
export { type EksTokenRequest, eksToken } from './eks-token.ts'
export { type AwsCall, explainAws, isDenialOfAws } from './explain.ts'
export { assertRegion, type RegionHints, resolveRegion } from './region.ts'
export type { AttemptTrouble, RetryOptions } from './retry.ts'
