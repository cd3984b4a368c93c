import { isRecord, type JsonRecord, parseJson, recordsField } from '../registry/json.ts'
import { type EcrCall, invalid, requireString, useRepository } from './context.ts'
import { EcrError } from './errors.ts'

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

export function getLifecyclePolicy(call: EcrCall): JsonRecord {
  const { name, lifecyclePolicy } = useRepository(call, 'GetLifecyclePolicy')
  const { accountId } = call.registry
  if (lifecyclePolicy === undefined)
    throw new EcrError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${accountId}'`,
    )
  return {
    registryId: accountId,
    repositoryName: name,
    lifecyclePolicyText: lifecyclePolicy,
    lastEvaluatedAt: 0,
  }
}
