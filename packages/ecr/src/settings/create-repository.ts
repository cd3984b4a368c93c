import { isDenialOfAws } from '@mlops-actions/aws'
import { CreateRepositoryCommand, type CreateRepositoryCommandInput } from '@mlops-actions/aws/ecr'
import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from '../api.ts'
import { identity, type RepositoryId, unless } from '../repository.ts'
import type { RepositorySettings } from './settings.ts'

const WHAT = 'Cannot create the repository'

/** Names of ECR's exceptions that mean: what was asked for is wrong. The same request will never do. */
const WRONG: Readonly<Record<string, string>> = {
  InvalidParameterException: 'Correct what the step asks of the repository: ECR does not take it',
  InvalidTagParameterException: 'Correct `repository-tags`',
  TooManyTagsException: 'Give fewer `repository-tags`',
  KmsException:
    'Check `kms-key`: it must be a symmetric key of this region that is enabled, and the role needs `kms:CreateGrant` and `kms:DescribeKey` on it',
}

/**
 * Creates a repository, encrypted with ECR's own keys unless other ones are asked for. Resolves to false where it is
 * there already, made by somebody else a moment ago. A lifecycle policy takes a call of its own.
 * @throws Failure what AWS refused; `config` where it is a setting
 */
export async function createRepository(
  call: Pick<World, 'signal'>,
  ecr: EcrApi,
  repository: RepositoryId,
  settings: RepositorySettings,
): Promise<boolean> {
  const command = new CreateRepositoryCommand({
    ...identity(repository),
    ...(ecr.gallery === undefined ? requestOf(settings) : tagsOf(settings)),
  })
  const asked = { what: WHAT, on: repository.name, action: 'ecr:CreateRepository' }
  return callEcr(call, ecr, asked, async (abortSignal) =>
    ecr.client.send(command, { abortSignal }).then(
      () => true,
      (cause: unknown) => unless('RepositoryAlreadyExistsException', wrongSetting(repository, cause), false),
    ),
  )
}

function requestOf(settings: RepositorySettings): Omit<CreateRepositoryCommandInput, 'repositoryName'> {
  const { tagMutability, exclusions = [], encryption = 'AES256', kmsKey } = settings
  return {
    ...(tagMutability === undefined ? {} : { imageTagMutability: tagMutability }),
    ...(exclusions.length === 0
      ? {}
      : {
          imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({
            filterType: 'WILDCARD',
            filter,
          })),
        }),
    encryptionConfiguration: { encryptionType: encryption, ...(kmsKey === undefined ? {} : { kmsKey }) },
    ...tagsOf(settings),
  }
}

/** The only setting that a repository of ECR Public has, too. */
function tagsOf({ tags = new Map() }: RepositorySettings) {
  return tags.size === 0 ? {} : { tags: [...tags].map(([Key, Value]) => ({ Key, Value })) }
}

/** The cause itself where it is about something else. */
function wrongSetting({ name }: RepositoryId, cause: unknown): unknown {
  const next = cause instanceof Error && Object.hasOwn(WRONG, cause.name) ? WRONG[cause.name] : undefined
  if (next === undefined || isDenialOfAws(cause)) return cause
  return new Failure({
    kind: 'config',
    code: 'ECR_REPOSITORY_SETTINGS',
    what: WHAT,
    on: name,
    seen: messageOf(cause),
    next,
    cause,
  })
}
