import { type JsonRecord, recordsField, stringField } from '../registry/json.ts'
import { unknownRepositoryText } from '../registry/push.ts'
import { repositoryArn } from '../registry/state.ts'
import { authorizeEcr, type EcrCall, invalid, requireString } from './context.ts'
import { EcrError } from './errors.ts'

const MOST_TAGS = 50

/**
 * Tags that a new repository is to have; giving any takes the right to tag.
 * @throws EcrError AccessDeniedException, InvalidTagParameterException, TooManyTagsException
 */
export function readTags(call: EcrCall, repository: string): ReadonlyMap<string, string> {
  const records = recordsField(call.input, 'tags') ?? []
  if (records.length > 0) authorizeEcr(call, 'TagResource', repository)
  if (records.length > MOST_TAGS)
    throw new EcrError('TooManyTagsException', `The list of tags is too long: at most ${MOST_TAGS}`)
  const tags = new Map<string, string>()
  for (const record of records) {
    const key = requireString(record, 'Key')
    const value = stringField(record, 'Value') ?? ''
    if (/^aws:/i.test(key) || key.length > 128 || value.length > 256 || tags.has(key))
      throw new EcrError(
        'InvalidTagParameterException',
        `The tag '${key}' is invalid, reserved, or given twice`,
      )
    tags.set(key, value)
  }
  return tags
}

export function listTagsForResource(call: EcrCall): JsonRecord {
  const arn = requireString(call.input, 'resourceArn')
  const prefix = repositoryArn(call.registry, '')
  if (!arn.startsWith(prefix))
    throw invalid('resourceArn', 'must be the ARN of a repository of this registry')
  const { alias } = call.registry
  const name = `${alias === undefined ? '' : `${alias}/`}${arn.slice(prefix.length)}`
  authorizeEcr(call, 'ListTagsForResource', name)
  const repository = call.registry.repositories.get(name)
  if (!repository)
    throw new EcrError('RepositoryNotFoundException', unknownRepositoryText(call.registry, name))
  return { tags: [...repository.resourceTags].map(([Key, Value]) => ({ Key, Value })) }
}
