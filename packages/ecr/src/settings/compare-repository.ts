import { ListTagsForResourceCommand, type Repository } from '@mlops-actions/aws/ecr'
import { Failure, type World } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from '../api.ts'
import { describeRepository } from '../describe-repository.ts'
import type { RepositoryId } from '../repository.ts'
import { compareDescription, compareLifecycle, compareTags, isAlias } from './differences.ts'
import { readLifecyclePolicy } from './lifecycle-policy.ts'
import type { RepositorySettings, SettingsReview } from './settings.ts'

type Call = Pick<World, 'signal'>

const NOTHING: SettingsReview = { differences: [], notes: [] }

/**
 * How a repository that exists differs from what is asked for. Asks only about what is asked for; a role that may not
 * look is a note. Undefined where the repository does not exist.
 * @throws Failure what AWS refused, but for AccessDenied
 */
export async function compareRepository(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  wanted: RepositorySettings,
): Promise<SettingsReview | undefined> {
  const { tagMutability, encryption, tags = new Map(), lifecyclePolicy } = wanted
  const asksDescription = tagMutability !== undefined || encryption !== undefined || tags.size > 0
  const reviews = await Promise.all([
    asksDescription ? reviewDescription(call, ecr, repository, wanted) : NOTHING,
    lifecyclePolicy === undefined ? NOTHING : reviewLifecycle(call, ecr, repository, lifecyclePolicy),
  ])
  const known = reviews.filter((review) => review !== undefined)
  return known.length < reviews.length ? undefined : join(known)
}

function reviewDescription(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  wanted: RepositorySettings,
): Promise<SettingsReview | undefined> {
  return unlessDenied(settingsOf(wanted), async () => {
    const what = 'Cannot compare the settings of the repository'
    const found = await describeRepository(call, ecr, repository, what)
    if (found === undefined) return undefined
    const { tags, kmsKey } = wanted
    const review = { differences: compareDescription(wanted, found), notes: keyNotes(kmsKey, found) }
    if (tags === undefined || tags.size === 0) return review
    return join([review, await reviewTags(call, ecr, found, tags)])
  })
}

/** ECR shows the ARN of a key. Which one an alias stands for only KMS could say, and it is not asked. */
function keyNotes(wanted: string | undefined, { encryptionConfiguration }: Repository): string[] {
  const found = encryptionConfiguration?.kmsKey
  if (wanted === undefined || !isAlias(wanted) || found === undefined) return []
  return [`\`kms-key\` could not be compared: ${wanted} is an alias, and the repository has ${found}`]
}

async function reviewTags(
  call: Call,
  ecr: EcrApi,
  { repositoryArn }: Repository,
  wanted: ReadonlyMap<string, string>,
): Promise<SettingsReview> {
  const command = new ListTagsForResourceCommand({ resourceArn: repositoryArn })
  const asked = {
    what: 'Cannot compare the tags of the repository',
    on: String(repositoryArn),
    action: 'ecr:ListTagsForResource',
  }
  const review = await unlessDenied('`repository-tags`', async () => {
    const { tags = [] } = await callEcr(call, ecr, asked, (abortSignal) =>
      ecr.client.send(command, { abortSignal }),
    )
    return { differences: compareTags(wanted, tags), notes: [] }
  })
  return review ?? NOTHING
}

function reviewLifecycle(
  call: Call,
  ecr: EcrApi,
  repository: RepositoryId,
  wanted: string,
): Promise<SettingsReview | undefined> {
  return unlessDenied('`lifecycle-policy`', async () => {
    const found = await readLifecyclePolicy(call, ecr, repository)
    return found === undefined ? undefined : { differences: compareLifecycle(wanted, found.text), notes: [] }
  })
}

/** The comparison is for the reader: a role need not be able to make it. */
async function unlessDenied(
  settings: string,
  review: () => Promise<SettingsReview | undefined>,
): Promise<SettingsReview | undefined> {
  try {
    return await review()
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'AWS_ACCESS_DENIED') throw thrown
    const { seen, next } = thrown.details
    return { differences: [], notes: [`${settings} could not be compared: ${seen}. ${next}`] }
  }
}

function settingsOf({ tagMutability, encryption, tags }: RepositorySettings): string {
  return [
    ...(tagMutability === undefined ? [] : ['`tag-mutability`']),
    ...(encryption === undefined ? [] : ['`encryption`']),
    ...(tags === undefined || tags.size === 0 ? [] : ['`repository-tags`']),
  ].join(', ')
}

function join(reviews: readonly SettingsReview[]): SettingsReview {
  return {
    differences: reviews.flatMap(({ differences }) => differences),
    notes: reviews.flatMap(({ notes }) => notes),
  }
}
