import { ECR_PUBLIC_REGION } from '@mlops-actions/aws/ecr'
import { parseRegistryHost } from '@mlops-actions/ecr'
import type { Problem } from '@mlops-actions/runner'

interface PublicInputs {
  readonly registry: string | undefined
  readonly repository: string
  readonly mode: string
  readonly scan: string
  readonly awsRegion: string | undefined
  readonly tagMutability: unknown
  readonly encryption: unknown
  readonly kmsKey: unknown
  readonly lifecyclePolicy: unknown
}

/** What ECR Public does not have is refused by its name. */
export function checkPublic(given: PublicInputs, problem: Problem): void {
  if (parseRegistryHost(given.registry ?? '').kind !== 'public') return
  if (!given.repository.includes('/'))
    problem(
      'repository',
      'begins with the alias of your registry where that is ECR Public, as a1b2c3d4/churn (the console shows it)',
    )
  if (given.awsRegion !== undefined && given.awsRegion !== ECR_PUBLIC_REGION)
    problem(
      'aws-region',
      `is ${given.awsRegion}, but ECR Public is in ${ECR_PUBLIC_REGION} only: leave it away`,
    )
  if (given.mode === 'merge')
    problem(
      'mode',
      'merge reads images by a call that ECR Public does not have: use `docker buildx imagetools create`',
    )
  if (given.scan !== 'off') problem('scan', 'waits for a scan, and ECR Public scans nothing')
  const settings = {
    'tag-mutability': given.tagMutability,
    encryption: given.encryption,
    'kms-key': given.kmsKey,
    'lifecycle-policy': given.lifecyclePolicy,
  }
  for (const [name, value] of Object.entries(settings))
    if (value !== undefined) problem(name, 'is a setting that repositories of ECR Public do not have')
}
