import { Failure, type World } from '@mlops-actions/diagnostics'

/** An ECR host or any other AWS host name that carries its region: `….dkr.ecr.eu-west-1.amazonaws.com`. */
const HOST_REGION = /\.(?:dkr\.ecr(?:-fips)?|dkr-ecr(?:-fips)?|s3|ecr)\.([a-z]{2}(?:-[a-z]+)+-\d)\./

export interface RegionHints {
  /** The input `aws-region`. */
  readonly input?: string | undefined
  /** A registry or bucket host, or an ARN, that says where the resource is. */
  readonly resource?: string | undefined
}

/**
 * The region of a call: input, then the region in the resource's own name, then AWS_REGION, then AWS_DEFAULT_REGION
 * (which the SDK does not read, ecr-aws reference section 5). Undefined leaves it to the SDK and its profile.
 */
export function resolveRegion(
  { env }: Pick<World, 'env'>,
  { input, resource = '' }: RegionHints,
): string | undefined {
  const fromArn = /^arn:aws[a-z-]*:[^:]*:([^:]+):/.exec(resource)?.[1]
  const fromHost = HOST_REGION.exec(`.${resource}`)?.[1]
  return (
    input ??
    fromArn ??
    fromHost ??
    (env['AWS_REGION'] || undefined) ??
    (env['AWS_DEFAULT_REGION'] || undefined)
  )
}

/** For calls that cannot do without. */
export function assertRegion(region: string | undefined, on: string): string {
  if (region !== undefined) return region
  throw new Failure({
    kind: 'config',
    code: 'AWS_REGION_MISSING',
    what: 'The AWS region is not known',
    on,
    seen: 'neither the input `aws-region` nor AWS_REGION nor AWS_DEFAULT_REGION is set',
    next: 'Give the step `aws-region: eu-west-1`, or run aws-actions/configure-aws-credentials before it',
  })
}
