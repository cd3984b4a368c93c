import {
  isRecord,
  type JsonRecord,
  parseJson,
  recordField,
  recordsField,
  stringField,
  stringsField,
} from '../registry/json.ts'
import { unknownRepositoryText } from '../registry/push.ts'
import {
  addRepository,
  issuePassword,
  type Repository,
  type RepositorySettings,
  repositoryArn,
  type TagMutability,
} from '../registry/state.ts'
import { authorizeEcr, type EcrCall, invalid, requireString, useRepository } from './context.ts'
import { EcrError } from './errors.ts'
import { cutPage } from './paging.ts'

/** API reference, CreateRepository: 2-256 characters. */
const NAME = /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/
const MUTABILITIES: readonly TagMutability[] = [
  'MUTABLE',
  'IMMUTABLE',
  'IMMUTABLE_WITH_EXCLUSION',
  'MUTABLE_WITH_EXCLUSION',
]

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
    encryptionConfiguration: { encryptionType: repository.encryptionType },
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
  const settings = readSettings(call.input)
  if (call.registry.repositories.has(name)) {
    throw new EcrError(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${call.registry.accountId}'`,
    )
  }
  const repository = addRepository(call.registry, name, call.now, settings)
  for (const tag of recordsField(call.input, 'tags') ?? []) {
    repository.resourceTags.set(requireString(tag, 'Key'), stringField(tag, 'Value') ?? '')
  }
  return { repository: describeRepository(call, repository) }
}

function readSettings(input: JsonRecord): RepositorySettings {
  const wanted = stringField(input, 'imageTagMutability') ?? 'MUTABLE'
  const tagMutability = MUTABILITIES.find((known) => known === wanted)
  if (!tagMutability)
    throw invalid('imageTagMutability', `Member must satisfy enum value set: [${MUTABILITIES.join(', ')}]`)
  const filters = (recordsField(input, 'imageTagMutabilityExclusionFilters') ?? []).map((filter) =>
    requireString(filter, 'filter'),
  )
  const bad = filters.find((filter) => !/^[0-9a-zA-Z._*-]{1,128}$/.test(filter))
  if (bad !== undefined || filters.length > 5)
    throw invalid(
      'imageTagMutabilityExclusionFilters',
      'Member must have 1 to 5 filters of [0-9a-zA-Z._*-]{1,128}',
    )
  if (tagMutability.endsWith('_WITH_EXCLUSION') !== filters.length > 0) {
    throw invalid(
      'imageTagMutabilityExclusionFilters',
      `Filters are needed by, and only by, the WITH_EXCLUSION settings; got ${tagMutability}`,
    )
  }
  const scanOnPush = recordField(input, 'imageScanningConfiguration')?.['scanOnPush'] === true
  const encryptionType =
    stringField(recordField(input, 'encryptionConfiguration') ?? {}, 'encryptionType') ?? 'AES256'
  return { tagMutability, exclusionFilters: filters, scanOnPush, encryptionType }
}

/** Only the form is checked: that the text is JSON with rules that have a priority, a selection and an action. */
export function putLifecyclePolicy(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'PutLifecyclePolicy')
  const text = requireString(call.input, 'lifecyclePolicyText')
  const policy = parseJson(text)
  const rules = isRecord(policy) ? recordsField(policy, 'rules') : undefined
  const whole = rules?.every(
    (rule) =>
      typeof rule['rulePriority'] === 'number' && isRecord(rule['selection']) && isRecord(rule['action']),
  )
  if (!whole || text.length > 30_720)
    throw invalid(
      'LifecyclePolicyText',
      'Lifecycle policy validation failure: the policy is not valid JSON of rules',
    )
  repository.lifecyclePolicy = text
  return { registryId: call.registry.accountId, repositoryName: repository.name, lifecyclePolicyText: text }
}
