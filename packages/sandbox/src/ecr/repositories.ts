import { type JsonRecord, stringsField } from '../registry/json.ts'
import { unknownRepositoryText } from '../registry/push.ts'
import { addRepository, issuePassword, type Repository, repositoryArn } from '../registry/state.ts'
import { authorizeEcr, type EcrCall, invalid, requireString } from './context.ts'
import { EcrError } from './errors.ts'
import { cutPage } from './paging.ts'
import { readSettings } from './settings.ts'
import { readTags } from './tags.ts'

/** API reference, CreateRepository: 2-256 characters. */
const NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/

export function getAuthorizationToken(call: EcrCall): JsonRecord {
  authorizeEcr(call, 'GetAuthorizationToken', '*')
  const { password, expiresAt } = issuePassword(call.registry, call.principal, call.now)
  const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64')
  return {
    authorizationData: [{ authorizationToken, expiresAt: expiresAt / 1000, proxyEndpoint: call.registryUrl }],
  }
}

export function describeRepositories(call: EcrCall): JsonRecord {
  const names = stringsField(call.input, 'repositoryNames')
  for (const name of names ?? ['*']) authorizeEcr(call, 'DescribeRepositories', name)
  const all = [...call.registry.repositories.values()]
  const chosen = names?.map((name) => {
    const repository = call.registry.repositories.get(name)
    if (!repository)
      throw new EcrError('RepositoryNotFoundException', unknownRepositoryText(call.registry, name))
    return repository
  })
  if (chosen) return { repositories: chosen.map((repository) => describeRepository(call, repository)) }
  const { page, ...next } = cutPage(all, call.input)
  return { repositories: page.map((repository) => describeRepository(call, repository)), ...next }
}

function describeRepository(call: EcrCall, repository: Repository): JsonRecord {
  const filters = repository.exclusionFilters.map((filter) => ({ filterType: 'WILDCARD', filter }))
  return {
    repositoryArn: repositoryArn(call.registry, repository.name),
    registryId: call.registry.accountId,
    repositoryName: repository.name,
    repositoryUri: `${new URL(call.registryUrl).host}/${repository.name}`,
    createdAt: repository.createdAt / 1000,
    imageTagMutability: repository.tagMutability,
    ...(filters.length > 0 && { imageTagMutabilityExclusionFilters: filters }),
    imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    encryptionConfiguration: {
      encryptionType: repository.encryptionType,
      ...(repository.kmsKey !== undefined && { kmsKey: repository.kmsKey }),
    },
  }
}

export function createRepository(call: EcrCall): JsonRecord {
  const name = requireString(call.input, 'repositoryName')
  authorizeEcr(call, 'CreateRepository', name)
  if (!NAME.test(name))
    throw invalid(
      'repositoryName',
      "must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'",
    )
  const settings = readSettings(call)
  const tags = readTags(call, name)
  if (call.registry.repositories.has(name)) {
    throw new EcrError(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${call.registry.accountId}'`,
    )
  }
  const repository = addRepository(call.registry, name, call.now, settings)
  for (const [key, value] of tags) repository.resourceTags.set(key, value)
  return { repository: describeRepository(call, repository) }
}
