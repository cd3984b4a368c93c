import type { Problem } from '@mlops-actions/runner'

interface ScanInputs {
  readonly scan: 'off' | 'wait'
  readonly push: boolean
  readonly failOnSeverity: string | undefined
  readonly ignore: readonly unknown[]
  readonly onlyFixable: boolean
}

/** What is said about a scan that nobody waits for would be taken for a gate that holds. */
export function checkScan(given: ScanInputs, problem: Problem): void {
  const { scan, push, failOnSeverity, ignore, onlyFixable } = given
  if (scan === 'wait' && !push) problem('scan', 'waits for the scan in ECR: it needs `push: true`')
  if (scan === 'wait') return
  const needs = 'is about the findings of a scan: it needs `scan: wait`'
  if (failOnSeverity !== undefined) problem('fail-on-severity', needs)
  if (ignore.length > 0) problem('ignore', needs)
  if (onlyFixable) problem('only-fixable', needs)
}

interface RepositoryInputs {
  readonly createRepository: boolean
  readonly tagMutability: string | undefined
  readonly tagMutabilityExclusions: readonly string[]
  readonly encryption: string | undefined
  readonly kmsKey: string | undefined
  readonly repositoryTags: ReadonlyMap<string, string>
  readonly lifecyclePolicy: unknown
}

/** A setting that would not be set is no setting: it says so instead. */
export function checkRepository(given: RepositoryInputs, problem: Problem): void {
  const { createRepository, tagMutability, tagMutabilityExclusions: exclusions, encryption, kmsKey } = given
  const asked = {
    'tag-mutability': tagMutability !== undefined,
    'tag-mutability-exclusions': exclusions.length > 0,
    encryption: encryption !== undefined,
    'kms-key': kmsKey !== undefined,
    'repository-tags': given.repositoryTags.size > 0,
    'lifecycle-policy': given.lifecyclePolicy !== undefined,
  }
  for (const [name, isAsked] of Object.entries(asked))
    if (isAsked && !createRepository)
      problem(
        name,
        'is a setting of a repository that this step may create: it needs `create-repository: true`',
      )
  const excludes = tagMutability?.endsWith('_WITH_EXCLUSION') === true
  if (excludes && exclusions.length === 0)
    problem('tag-mutability', `is ${tagMutability}: it needs \`tag-mutability-exclusions\``)
  if (!excludes && exclusions.length > 0)
    problem('tag-mutability-exclusions', 'need a `tag-mutability` that ends with _WITH_EXCLUSION')
  if (kmsKey !== undefined && (encryption === undefined || encryption === 'AES256'))
    problem('kms-key', 'needs `encryption: KMS` or `encryption: KMS_DSSE`')
}
